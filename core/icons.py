"""The icons: a 24-grid, drawn with a 1.8 stroke in the colour of the text around them."""

ICONS = {
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow-right": '<path d="M4 12h16m-6-6 6 6-6 6"/>',
    "arrow-up": '<path d="M12 20V4m-6 6 6-6 6 6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5V8m8-4.5V8"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "chevron-down": '<path d="m5 9 7 7 7-7"/>',
    "chevron-left": '<path d="m15 5-7 7 7 7"/>',
    "chevron-right": '<path d="m9 5 7 7-7 7"/>',
    "circle": '<circle cx="12" cy="12" r="7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "decision": '<path d="M5 20h14M8 4l8 8-3 3-8-8zM12.5 11.5 19 18"/>',
    "diamond": '<path d="m12 4.5 7.5 7.5-7.5 7.5L4.5 12z"/>',
    "dot": '<circle class="gk-icon__fill" cx="12" cy="12" r="7.5"/>',
    "dotted-ring": '<circle cx="12" cy="12" r="7.5" stroke-dasharray="1 3.7"/>',
    "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
    "envelope": '<path d="M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "flag": '<path d="M5.5 21V4h12.5l-3 4.2 3 4.3H5.5"/>',
    "grip": '<path d="M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1"/>',
    "half": '<circle cx="12" cy="12" r="7.5"/>'
    '<path class="gk-icon__fill" d="M12 4.5a7.5 7.5 0 0 1 0 15z"/>',
    "heart": '<path d="M12 20S3.5 15 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2'
    'c0 6-8.5 11-8.5 11z"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "octagon": '<path d="M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v4.8M12 16v.1"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "pencil": '<path d="m5 15-1 5 5-1L20 8l-4-4zM13.5 6.5l4 4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M5 20.5c0-4 3-6.5 7-6.5s7 2.5 7 6.5"/>',
    "ring": '<circle cx="12" cy="12" r="7.5"/>',
    "ruler": '<path d="m3 14.5 11.5-11.5 6.5 6.5L9.5 21zM7 10.5l2 2M10 7.5l3 3M13 4.5l2 2"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "section": '<path d="M15.5 6.5C15.5 5 14 4 12 4s-3.5 1-3.5 2.8c0 3.7 7 3.4 7 7 0 1.6-1.5'
    " 2.7-3.5 2.7m0 0m-3.5 1c0 1.5 1.5 2.5 3.5 2.5s3.5-1 3.5-2.8c0-3.7-7-3.4-7-7"
    ' 0-1.6 1.5-2.7 3.5-2.7"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2'
    'M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>',
    "triangle": '<path d="M12 5 4 19h16z"/>',
    "upload": '<path d="M12 15V4M7 9l5-5 5 5M5 20h14"/>',
}

# Status is always colour, icon and words together. The key is what it means, not where it stands.
STATUS_LOOKS = {
    "open": ("neutral", "circle"),
    "working": ("info", "half"),
    "done": ("success", "check"),
    "paused": ("korn", "pause"),
    "stopped": ("neutral", "cross"),
    "warning": ("warning", "triangle"),
    "overdue": ("danger", "octagon"),
    "locked": ("neutral", "lock"),
    "statutory": ("lyng", "section"),
    "draft": ("neutral", "pencil"),
    "now": ("rogn", "half"),
}

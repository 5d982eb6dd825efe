// Fills assets/ with what the browser needs from npm: Designsystemet with the theme of
// theme.config.json, its web components, Inter and ALTCHA's worker. Names are stable; Django's
// static files storage adds the hashes.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

const cli = "node_modules/@digdir/designsystemet/dist/bin/designsystemet.js";
const tokens = "node_modules/.cache/design-tokens";
const config = ["--config", "theme.config.json", "--clean"];
const designsystemet = (...args) =>
  execFileSync(process.execPath, [cli, "tokens", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });

designsystemet("create", ...config);
designsystemet("build", ...config, "--tokens", tokens, "--out-dir", `${tokens}-build`);

// What a browser works with when a form asks it to prove that it does (static/js/proof.js).
await build({
  entryPoints: { "altcha-worker": "altcha/workers/pbkdf2" },
  outdir: "assets",
  minify: true,
  bundle: true,
  format: "iife",
  target: "es2022",
  legalComments: "eof",
});

await build({
  entryPoints: ["frontend/designsystemet.css", "frontend/designsystemet.js"],
  outdir: "assets",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  assetNames: "fonts/[name]",
  loader: { ".woff2": "file" },
  logLevel: "info",
});

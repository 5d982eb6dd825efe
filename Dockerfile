# Style sheets, web components and fonts from npm; nothing of Node reaches the last stage.
FROM node:24-trixie-slim AS npm
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY theme.config.json ./
COPY scripts/build-assets.mjs scripts/
COPY frontend/ frontend/
RUN npm run build


FROM python:3.13-slim-trixie AS base
# WeasyPrint draws text with them.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
# Fontconfig keeps its cache in XDG_CACHE_HOME, and only /tmp can be written to.
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/collected \
    XDG_CACHE_HOME=/tmp
WORKDIR /app


FROM base AS build
COPY requirements/uv.txt requirements/production.txt requirements/
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes --requirement requirements/uv.txt \
    && python -m venv --without-pip .venv \
    && /opt/uv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes \
        --python .venv/bin/python requirements/production.txt
COPY . .
COPY --from=npm /build/assets assets
COPY --from=npm /build/node_modules/inter-ui node_modules/inter-ui
RUN python -m core.fonts \
    && SECRET_KEY=needed-only-to-read-the-settings python manage.py collectstatic --noinput \
    && rm -rf node_modules


FROM base AS runtime
COPY --from=build /app /app
# A number, so that a cluster can see that it is not root. It owns nothing in the image.
USER 10001:10001
EXPOSE 8000
CMD ["granian", "gjovik_digi.wsgi:application", "--interface", "wsgi", \
     "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4"]

# One process of the shop. What it keeps is in DATABASE_URL, or in /data without one.
FROM python:3.11-slim

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY locales locales
COPY bot bot

RUN useradd --create-home kiosk && mkdir /data && chown kiosk /data
USER kiosk
ENV DATA_DIR=/data PYTHONUNBUFFERED=1
VOLUME /data
# TERM ends it within ten seconds, with what was begun.
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]

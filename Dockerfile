# One image for the staff side, the public side and migrations; GAWAH_SIDE tells them apart.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    GAWAH_BIND=0.0.0.0:8000 \
    GAWAH_FILES=/srv/files \
    GAWAH_RELEASES=/srv/releases

# Letters for the charts and maps that are drawn as PNG.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/gawah

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
# Neither needs a database or a secret.
RUN python -m config.messages \
    && GAWAH_SIDE=all python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 --no-create-home gawah \
    && install -d -o gawah -m 0700 /srv/files \
    && install -d -o gawah /srv/releases

USER gawah
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["gunicorn", "--config", "python:config.gunicorn"]

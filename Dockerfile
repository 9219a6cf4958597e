# One image for every khoxa and Airflow service of docker-compose.yml.
FROM python:3.12-slim

ENV AIRFLOW_HOME=/var/lib/airflow \
    KHOXA_HOME=/var/lib/khoxa \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONUNBUFFERED=1

WORKDIR /opt/khoxa
# requirements-s3.lock for an image that can read S3
ARG LOCK=requirements.lock
COPY requirements*.lock ./
RUN pip install --no-deps --require-hashes -r "$LOCK"

# The code stays root's; the services run as a user who may write only these two folders.
COPY . ./
RUN pip install --no-deps --no-build-isolation -e . \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/airflow khoxa \
    && install -d -o khoxa -g khoxa /var/lib/airflow /var/lib/airflow/logs /var/lib/khoxa \
    && install -d -m 0700 -o khoxa -g khoxa /backup \
    && install -d /inbox

ENV PYTHONDONTWRITEBYTECODE=1
USER khoxa
CMD ["khoxa", "--help"]

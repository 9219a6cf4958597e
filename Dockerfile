# One image for every khoxa and Airflow service of docker-compose.yml.
FROM python:3.12-slim AS packages

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --no-deps --require-hashes -r requirements.lock
# On top of it, one or both in one image: requirements-s3.lock reads S3, requirements-fab.lock is for a
# login each; all locks agree on versions.
ARG LOCK=requirements.lock
COPY requirements*.lock ./
# Tests that packages carry along, and notes for debuggers, are of no use to a server.
RUN for lock in $LOCK; do pip --python /opt/venv/bin/python install --no-deps --require-hashes -r "$lock" || exit; done \
    && find /opt/venv -type d \( -name tests -o -name test \) -prune -exec rm -r {} +


FROM python:3.12-slim

ENV AIRFLOW_HOME=/var/lib/airflow \
    KHOXA_HOME=/var/lib/khoxa \
    PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1

WORKDIR /opt/khoxa
COPY --from=packages /opt/venv /opt/venv

# The code stays root's; the services run as a user who may write only these folders.
COPY . ./
RUN pip --python /opt/venv/bin/python install --no-cache-dir --no-deps --no-build-isolation -e . \
    && groupadd --gid 10001 khoxa \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/airflow khoxa \
    && install -d -o khoxa -g khoxa /var/lib/airflow /var/lib/airflow/logs /var/lib/khoxa \
    && install -d -m 0700 -o khoxa -g khoxa /backup \
    && install -d /inbox /local

ENV PYTHONDONTWRITEBYTECODE=1
USER khoxa
CMD ["khoxa", "--help"]

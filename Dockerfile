# One image for every Airflow component of docker-compose.yml.

FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PATH=/opt/yearbook/.venv/bin:$PATH

RUN useradd --uid 50000 --create-home yearbook \
    && install --directory --owner yearbook --group yearbook /opt/yearbook /opt/yearbook/data /opt/yearbook/airflow
USER yearbook
WORKDIR /opt/yearbook

# The lock constrains what the program needs and checks every hash; what only developers need stays out.
COPY --chown=yearbook requirements.lock pyproject.toml ./
RUN python -m venv .venv \
    && sed -n '/^uv==/,/--hash=[^\\]*$/p' requirements.lock > /tmp/uv.txt \
    && pip install --no-cache-dir --require-hashes --requirement /tmp/uv.txt \
    && uv pip install --no-cache --python .venv/bin/python --require-hashes --compile-bytecode \
        --constraint requirements.lock --requirement pyproject.toml --group build

COPY --chown=yearbook README.md LICENSE ./
COPY --chown=yearbook plugins plugins
COPY --chown=yearbook dags dags
COPY --chown=yearbook include include
COPY --chown=yearbook reports reports
RUN uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation --editable . \
    && python -m compileall -q plugins

EXPOSE 8080
CMD ["airflow", "version"]

FROM python:3.12-slim
WORKDIR /srv/app
COPY . .
RUN pip install --no-cache-dir -e .
CMD python -m pipelines.run_all && python -m pipelines.loaders.check

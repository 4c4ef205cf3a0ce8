FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    HOME=/tmp

WORKDIR /srv/convscope

COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt

COPY .streamlit .streamlit
COPY assets assets
COPY models models
COPY app app

# Without byte code every start would compile Python's own library and ours again: nobody may write here later.
RUN python -m compileall -q -j 0 -x '/(tests?|lib2to3|site-packages)/' /usr/local/lib/python3.11 app models

USER 10001:10001
EXPOSE 8501

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]

CMD ["python", "-m", "streamlit", "run", "app/main.py", "--server.address=0.0.0.0", "--server.port=8501"]

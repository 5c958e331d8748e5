ssh shop 'cd app && python jobs/load.py'
scp shop:jobs/load.py /tmp/utils

rem python jobs\load.py
set NAME=jobs
goto utils
echo jobs\load.py
:utils
python D:\shop\jobs\load.py

@echo off
rem Handshake check 1.1.0: reads the settings that decide whether OneDrive can sign in (0x8004de40, 0x8004de88).
rem
rem It only reads. It changes no setting, needs no administrator and sends nothing: the files that it writes are its
rem report, handshake-report.txt, on your desktop (or in your temporary folder), and working files that it deletes.
rem Names of people, computers and organisations are replaced in the report; handshake-names.txt, beside it, says
rem which, and is for you alone.
rem It opens connections to the Microsoft sign-in servers named below, as OneDrive does, and says nothing there.
rem
rem   handshake-check.cmd [CODE] [/noshow] [/nopause]
rem
rem CODE      the code of your case, printed into the report; the file's own name may end in it instead
rem /noshow   do not open anything at the end
rem /nopause  do not wait for a key at the end
rem
rem For Windows 7 and newer. Results are judged by ERRORLEVEL alone, as messages come in the user's language.
rem Delayed expansion is on for the lines that print: elsewhere it would eat every ! in a name. Text that comes from
rem the registry or the network loses its quotes first, and is never the argument of a call: it must not become a command.

setlocal EnableExtensions DisableDelayedExpansion
set "VERSION=1.1.0"
set "ADDRESS="
set "SELF=%~f0"
set "FILE=%~n0"
set "CASE=none"
set "SHOW=yes"
call :caseOfFile
call :window
:arguments
set "ARGUMENT=%~1"
if not defined ARGUMENT goto argumentsDone
if /i "%ARGUMENT%"=="/noshow" set "SHOW=no"
if /i "%ARGUMENT%"=="/nopause" set "PAUSE=no"
if not "%ARGUMENT:~0,1%"=="/" set "CASE=%ARGUMENT%"
shift
goto arguments
:argumentsDone
set "CASE=%CASE:"=%"
if not "%CASE:~0,40%"=="%CASE%" set "CASE=none"
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-" %%a in ("%CASE%") do set "CASE=none"

rem A 32-bit shell on 64-bit Windows finds the 64-bit tools under Sysnative.
set "SYS=%SystemRoot%\System32"
if defined PROCESSOR_ARCHITEW6432 set "SYS=%SystemRoot%\Sysnative"
set "REG=%SYS%\reg.exe"
set "FIND=%SYS%\find.exe"
set "WHOAMI=%SYS%\whoami.exe"
set "NETSH=%SYS%\netsh.exe"
set "PING=%SYS%\ping.exe"
set "CERTUTIL=%SYS%\certutil.exe"
set "WMIC=%SYS%\wbem\wmic.exe"
set "CURL=%SYS%\curl.exe"
set "DSREGCMD=%SYS%\dsregcmd.exe"
set "POWERSHELL=%SYS%\WindowsPowerShell\v1.0\powershell.exe"
set "NOTEPAD=%SystemRoot%\System32\notepad.exe"

set "HKLM=HKEY_LOCAL_MACHINE"
set "HKCU=HKEY_CURRENT_USER"
set "CURRENT=%HKLM%\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
set "SCHANNEL=%HKLM%\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
set "SETTINGS=Microsoft\Windows\CurrentVersion\Internet Settings"
set "SUITEPOLICY=%HKLM%\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
set "SUITELOCAL=%HKLM%\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002"
set "CRYPTOGRAPHY=%HKLM%\SOFTWARE\Microsoft\Cryptography"
set "SESSIONS=%HKLM%\SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData"
set "SHELLFOLDERS=%HKCU%\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
set "CLOCKURL=http://www.msftconnecttest.com/connecttest.txt"

rem Working files have plain names in the temporary folder, so that no odd user name gets into a command.
pushd "%TEMP%"
set "WORK=handshake-work-%RANDOM%%RANDOM%"
set "LINES=0"
set "PROXY="
set "INTO=body"
set "LISTED="

echo Handshake check: this only reads, changes nothing, and takes about half a minute. Reading:
call :prepare
call :names
call :os
call :schannel
call :protocols
call :suites
call :dotnet
call :updates
call :proxy
call :clock
call :join
call :onedrive
call :probes
call :begin
call :run
call :save
del %WORK%.* >nul 2>nul
popd
call :offer
if not "%PAUSE%"=="yes" exit /b 0
echo Press any key to close this window.
pause >nul
exit /b 0

rem --- who runs it, and for which case ------------------------------------------------------------------------------

rem "handshake-check-CODE", or "handshake-check-CODE (1)" where it was downloaded twice.
:caseOfFile
if /i not "%FILE:~0,16%"=="handshake-check-" exit /b 0
set "FILE=%FILE:~16%"
for /f "tokens=1 delims=( " %%a in ("%FILE%") do set "FILE=%%a"
if "%FILE:~0,7%"=="%FILE%" exit /b 0
if not "%FILE:~0,8%"=="%FILE%" exit /b 0
set "REST="
for /f "delims=23456789CDFGHJKMNPQRTVWXZ" %%a in ("%FILE%") do set "REST=%%a"
if not defined REST set "CASE=%FILE%"
exit /b 0

rem Explorer starts "cmd /c" for a double click, and its window closes at the end. A window that somebody opened stays.
:window
set "PAUSE=yes"
if not defined CMDCMDLINE exit /b 0
set "LINE=%CMDCMDLINE:"=% "
if /i "%LINE: /c =%"=="%LINE%" set "PAUSE=no"
exit /b 0

rem --- writing ----------------------------------------------------------------------------------------------------

rem Writes LINE. It begins with a name, a bracket or a bar, so echo never takes it for ON, OFF or a switch.
:line
setlocal EnableDelayedExpansion
>>%WORK%.%INTO% echo !LINE!
endlocal
set /a LINES+=1 >nul
exit /b 0

:section
echo   %~2
set "LINE=[%~1]"
goto line

rem Writes "name = V".
:key
if defined V call :plain
if not defined V set "V=absent"
set "LINE=%~1 = %V%"
goto line

rem Writes "| V", unless it is empty.
:raw
call :plain
if not defined V exit /b 0
set "LINE=| %V%"
goto line

:beginRaw
set "LINE=begin raw: %~1"
goto line

:endRaw
set "LINE=end raw"
goto line

rem Makes V what survives a chat window: ASCII, single blanks, none at the ends, no quotes.
:plain
if not defined V exit /b 0
set "V=%V:"=%"
if not defined V exit /b 0
for /f "tokens=*" %%a in ("%V%") do set "V=%%a"
:collapse
set "SHORTER=%V:  = %"
if not "%SHORTER%"=="%V%" (
  set "V=%SHORTER%"
  goto collapse
)
if "%V:~-1%"==" " set "V=%V:~0,-1%"
set "TRIES=0"
:foreign
set "REST="
for /f "eol=; delims=;!#$%%&'()*+,-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~ " %%a in ("%V%") do set "REST=%%a"
if not defined REST exit /b 0
set /a TRIES+=1 >nul
if %TRIES% GTR 40 (
  set "V=?"
  exit /b 0
)
call set "V=%%V:%REST%=?%%"
goto foreign

rem --- reading ----------------------------------------------------------------------------------------------------

rem Reads a key into %WORK%.key. ACCESS becomes open, absent, denied or blocked.
:open
set "KEY=%~1"
set "ACCESS=blocked"
if "%REGBLOCKED%"=="yes" exit /b 0
set "ACCESS=open"
set "TAIL=%KEY%"
if defined LISTED call set "TAIL=%%KEY:*%LISTED%\=%%"
if "%LISTED%\%TAIL%"=="%KEY%" call :look
if "%ACCESS%"=="absent" exit /b 0
call "%REG%" query "%KEY%" /reg:64 >%WORK%.key 2>nul
if "%ERRORLEVEL%"=="0" exit /b 0
set "ACCESS=absent"

rem reg.exe answers the same for a missing key and a forbidden one. If the nearest key above that opens
rem lists the one below it, that one is there but may not be read. The list that was read last is kept: many keys
rem have the same one above.
:blame
setlocal EnableDelayedExpansion
set "WALK="
for %%a in ("%KEY:\=" "%") do (
  set "PARENT=!WALK!"
  set "WALK=!WALK!\%%~a"
)
endlocal & set "PARENT=%PARENT:~1%"
if "%PARENT%"=="%LISTED%" goto listed
call "%REG%" query "%PARENT%" /reg:64 >%WORK%.key 2>nul
if "%ERRORLEVEL%"=="0" goto newList
set "KEY=%PARENT%"
for %%a in ("%HKLM%\SOFTWARE" "%HKLM%\SYSTEM" "%HKCU%\Software") do if /i "%KEY%"==%%a set "ACCESS=denied"
if "%ACCESS%"=="absent" goto blame
exit /b 0
:newList
set "LISTED=%PARENT%"
copy /y %WORK%.key %WORK%.above >nul
:listed
for /f "delims=" %%a in (%WORK%.above) do if /i "%%a"=="%KEY%" set "ACCESS=denied"
exit /b 0

rem The list that was read last is of a key above: a key that is not in it needs no question.
:look
for /f "delims=\" %%a in ("%TAIL%") do set "CHILD=%LISTED%\%%a"
set "ACCESS=absent"
for /f "delims=" %%a in (%WORK%.above) do if /i "%%a"=="%CHILD%" set "ACCESS=open"
exit /b 0

rem Puts the value %1 of the key opened last into V.
:value
set "V="
if "%ACCESS%"=="blocked" set "V=unreadable: reg.exe is blocked"
if "%ACCESS%"=="denied" set "V=unreadable: access denied"
if not "%ACCESS%"=="open" exit /b 0
for /f "tokens=1,2,*" %%a in (%WORK%.key) do if /i "%%a"=="%~1" set "V=%%c"
if not defined V exit /b 0
set "V=%V:"=%"
exit /b 0

rem Writes the value %2 of the key opened last under the name %1.
:valueKey
call :value "%~2"
if defined V if "%ACCESS%"=="open" call :hideNames
goto key

rem The same for a list, whose items reg.exe parts by \0.
:listKey
call :value "%~2"
if not defined V goto key
if not "%ACCESS%"=="open" goto key
set "V=%V:\0=,%"
call :hideInList
goto key

rem Nobody is called like a cipher suite, so such a list stays whole whatever people are called.
:hideInList
call :plain
if not defined V exit /b 0
set "REST="
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_," %%a in ("%V%") do set "REST=%%a"
if defined REST goto hideNames
set "LINE=,%V%"
set "LINE=%LINE:,TLS_=%"
set "LINE=%LINE:,SSL_=%"
if not "%LINE:,=%"=="%LINE%" goto hideNames
exit /b 0

rem The same for the 32-bit view, which a 32-bit Windows does not have.
:wow64Key
if "%OSBITS%"=="64" goto valueKey
set "V=unavailable"
goto key

rem Makes V a decimal number if it is a DWORD.
:decimal
if not defined V exit /b 0
if /i "%V:~0,2%"=="0x" set /a "V=%V%" >nul 2>nul
exit /b 0

rem A password may stand before an @: such a value stays here.
:hidePassword
if not defined V exit /b 0
for /f "tokens=1,* delims=@" %%a in ("%V%") do if not "%%b"=="" set "V=unreadable: it holds a name or password"
exit /b 0

rem --- replacing names --------------------------------------------------------------------------------------------

rem Replaces the names in V. What may hold a name that this script cannot cut out is held back as a whole.
:hideNames
call :plain
if not defined V exit /b 0
set "REST="
for /f "delims=0123456789" %%a in ("%V%") do set "REST=%%a"
if not defined REST exit /b 0
set "HEX=%V:*0x=%"
set "REST="
for /f "delims=0123456789abcdefABCDEF" %%a in ("%HEX%") do set "REST=%%a"
if "0x%HEX%"=="%V%" if not defined REST exit /b 0
call :doubt
if "%DOUBT%"=="no" for %%i in (%ORDER%) do call :seek %%i
if "%DOUBT%"=="yes" set "V=unreadable: it holds a name"
set "REST=%V%"
set "V="
rem Only now pseudonyms come in, so that numbers are given from left to right.
:nextName
for /f "tokens=1,* delims=@" %%a in ("x%REST%") do (
  set "PIECE=%%a"
  set "REST=%%b"
)
set "V=%V%%PIECE:~1%"
if not defined REST exit /b 0
for /f "tokens=1,* delims=\" %%a in ("%REST%") do (
  set "SLOT=%%a"
  set "REST=%%b"
)
call :pseudonym %SLOT%
set "V=%V%%P%"
if defined REST goto nextName
exit /b 0

rem DOUBT becomes yes where V has a sign of an address, an account, a key or a number that names something.
:doubt
set "DOUBT=no"
set "REST=%V:: =%"
if not defined REST exit /b 0
if "%REST:~-1%"==":" set "REST=%REST:~0,-1%"
for /f "tokens=1,* delims=:=@\`" %%a in ("x%REST%x") do if not "%%b"=="" set "DOUBT=yes"
if not "%V:eyJ=%"=="%V%" set "DOUBT=yes"
if not "%V:S-1-5-21-=%"=="%V%" set "DOUBT=yes"
if not "%V:S-1-12-1-=%"=="%V%" set "DOUBT=yes"
if "%ODD%"=="yes" for /f "tokens=1,* delims=%%^*~" %%a in ("x%V%x") do if not "%%b"=="" set "DOUBT=yes"
set "REST=%V%"
for /f "tokens=1-4 delims=." %%a in ("x%V%x") do if not "%%d"=="" call :addresses
set "REST=%V%"
for /f "tokens=1-5 delims=-" %%a in ("x%V%x") do if not "%%e"=="" call :ids
exit /b 0

rem Four numbers between dots, not five.
:addresses
set "RUN="
for /f "eol=; tokens=1,* delims=;!#$%%&'()*+,-/:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~ " %%a in ("%REST%") do (
  set "RUN=%%a"
  set "REST=%%b"
)
if not defined RUN exit /b 0
for /f "tokens=1-5 delims=." %%a in ("%RUN%") do if not "%%d"=="" if "%%e"=="" set "DOUBT=yes"
if defined REST goto addresses
exit /b 0

rem 36 hexadecimal digits and dashes in a row.
:ids
set "RUN="
for /f "eol=; tokens=1,* delims=;!#$%%&'()*+,./:<=>?@GHIJKLMNOPQRSTUVWXYZ[\]^_`ghijklmnopqrstuvwxyz{|}~ " %%a in ("%REST%") do (
  set "RUN=%%a"
  set "REST=%%b"
)
if not defined RUN exit /b 0
if not "%RUN:~0,35%"=="%RUN%" set "DOUBT=yes"
if defined REST goto ids
exit /b 0

rem Replaces the name of slot %1 in V where it stands between characters that are neither letters nor digits. CUT is V
rem with an accent in place of the name, and dots around each piece, as "for /f" swallows empty ones. Until all names
rem are through, "@n\" stands for the name, in which no other is found.
:seek
if "%DOUBT%"=="yes" exit /b 0
call set "FORM=%%FORM%1%%"
if not defined FORM exit /b 0
call set "CUT=%%V:%FORM%=.`.%%"
if "%CUT%"=="%V%" exit /b 0
call set "WIDTH=%%LEN%1%%"
set "CUT=.%CUT%."
set "AT=0"
call :piece
set "OUT=%PIECE%"
:occurrence
call set "WAS=%%V:~%AT%,%WIDTH%%%"
set "BETWEEN=yes"
set "EDGE="
if defined OUT set "EDGE=%OUT:~-1%"
if defined OUT call :edge
if /i "%FORM%"=="%DNS%" if "%EDGE%"=="." set "DOUBT=yes"
if "%DOUBT%"=="yes" exit /b 0
call :piece
if defined PIECE set "EDGE=%PIECE:~0,1%"
if defined PIECE call :edge
if "%BETWEEN%"=="yes" set "WAS=@%1\"
set "OUT=%OUT%%WAS%%PIECE%"
set /a AT+=WIDTH >nul
if defined CUT goto occurrence
set "V=%OUT%"
exit /b 0

:piece
for /f "tokens=1,* delims=`" %%a in ("%CUT%") do (
  set "PIECE=%%a"
  set "CUT=%%b"
)
set "PIECE=%PIECE:~1,-1%"
set "S=%PIECE%"
call :length
set /a AT+=LEN >nul
exit /b 0

:edge
set "REST="
for /f "eol=a delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" %%a in ("%EDGE%") do set "REST=%%a"
if not defined REST set "BETWEEN=no"
exit /b 0

rem LEN is the length of S.
:length
set "LEN=0"
if not defined S exit /b 0
for %%p in (512 256 128 64 32 16 8 4 2 1) do call :longer %%p
set /a LEN+=1 >nul
exit /b 0

:longer
call set "HEAD=%%S:~0,%1%%"
if "%HEAD%"=="%S%" exit /b 0
set /a LEN+=%1 >nul
call set "S=%%S:~%1%%"
exit /b 0

rem --- knowing names ----------------------------------------------------------------------------------------------

rem The names that this script knows, and every name that it finds, get a number each, a slot: SLOTNAMEn, SLOTKINDn,
rem and PSEUDOn from the moment it is written. FORMn is what is searched for; the longest come first.
:names
set "FORM0="
for %%k in (SLOTS PSEUDONYMS COUNTuser COUNTmail COUNThost COUNTdomain COUNTtenant COUNTip) do set "%%k=0"
for /l %%n in (1,1,60) do set "LONG%%n="
set "ODD=no"
set "ORDER=0"
set "INTO=names"
set "LINE==== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ==="
call :line
set "LINES=0"
set "INTO=body"
set "N=%COMPUTERNAME%"
call :know host
set "DNS=%USERDNSDOMAIN%"
set "N=%DNS%"
call :know domain
set "N=%USERDOMAIN%"
call :know domain
set "N=%USERNAME%"
call :know user
for %%a in ("%USERPROFILE%") do set "N=%%~nxa"
call :know user
type nul >%WORK%.ds
if exist "%DSREGCMD%" call "%DSREGCMD%" /status >%WORK%.ds 2>nul
for /f "tokens=1,* delims=:" %%a in (%WORK%.ds) do (
  set "WORD=%%a"
  set "N=%%b"
  call :joinName
)
for /l %%n in (60,-1,3) do if defined LONG%%n call set "ORDER=%%ORDER%%%%LONG%%n%%"
exit /b 0

rem One line of dsregcmd: whose name does it show?
:joinName
set "WORD=%WORD: =%"
if "%WORD%"=="DeviceName" call :know host
if "%WORD%"=="TenantName" call :know domain
if "%WORD%"=="DomainName" call :know domain
if "%WORD%"=="TenantId" call :know tenant
exit /b 0

rem Makes N a known name of the kind %1, unless it is a word that everybody uses.
:know
if not defined N exit /b 0
set "N=%N:"=%"
if not defined N exit /b 0
for /f "tokens=*" %%a in ("%N%") do set "N=%%a"
if "%N:~-1%"==" " set "N=%N:~0,-1%"
if "%N:~0,2%"=="%N%" exit /b 0
set "COMMON=no"
for %%w in (user admin administrator guest system test windows microsoft server client proxy direct) do if /i "%N%"=="%%w" set "COMMON=yes"
for %%w in (workgroup azuread localhost) do if /i "%N%"=="%%w" set "COMMON=yes"
if "%COMMON%"=="yes" exit /b 0
call :slot %1
set "FIRST=%SLOT%"
call :form
rem The tools of Windows write letters that their code page lacks as similar ones or as question marks.
set "OTHER="
setlocal EnableDelayedExpansion
>%WORK%.out echo !N!
endlocal
for /f "delims=" %%a in (%WORK%.out) do set "OTHER=%%a"
if "%OTHER%"=="%N%" exit /b 0
set "N=%OTHER%"
call :slot %1
if not "%SLOT%"=="%FIRST%" set "SAME%SLOT%=%FIRST%"
goto form

rem FORM of the name in SLOT. A name that holds an operator of this language cannot be searched for.
:form
set "V=%N%"
call :plain
if not defined V exit /b 0
if "%V:~0,2%"=="%V%" exit /b 0
set "STRANGE=no"
for /f "tokens=1,* delims=%%^*~=:`" %%a in ("x%V%x") do if not "%%b"=="" set "STRANGE=yes"
if "%STRANGE%"=="yes" set "ODD=yes"
if "%STRANGE%"=="yes" exit /b 0
set "FORM%SLOT%=%V%"
set "S=%V%"
call :length
set "LEN%SLOT%=%LEN%"
if %LEN% GTR 60 set "LEN=60"
call set "LONG%LEN%=%%LONG%LEN%%% %SLOT%"
exit /b 0

rem Finds N among the slots, or makes one of the kind %1.
:slot
set "SLOT="
for /l %%i in (1,1,%SLOTS%) do call :compare %%i
if defined SLOT exit /b 0
set /a SLOTS+=1 >nul
set "SLOT=%SLOTS%"
for %%v in (PSEUDO FORM LEN SAME) do set "%%v%SLOT%="
set "SLOTNAME%SLOT%=%N%"
set "SLOTKIND%SLOT%=%1"
exit /b 0

:compare
call set "S=%%SLOTNAME%1%%"
if /i "%S%"=="%N%" set "SLOT=%1"
exit /b 0

rem P becomes the pseudonym of slot %1. A new one goes into the file that stays here.
:pseudonym
call set "P=%%SAME%1%%"
if defined P call :pseudonym %P%
if defined P exit /b 0
call set "P=%%PSEUDO%1%%"
if defined P exit /b 0
call set "KIND=%%SLOTKIND%1%%"
set /a PSEUDONYMS+=1, COUNT%KIND%+=1 >nul
call set "P=%KIND%-%%COUNT%KIND%%%"
set "PSEUDO%1=%P%"
call set "N=%%SLOTNAME%1%%"
setlocal EnableDelayedExpansion
>>%WORK%.names echo !P! = !N!
endlocal
exit /b 0

rem The same for the name N of the kind %1.
:pseudonymOf
call :slot %1
call :pseudonym %SLOT%
exit /b 0

rem --- names in addresses and issuers -----------------------------------------------------------------------------

rem The parts of V between ; , and blanks are [SCHEME=][SCHEME://]HOST[:PORT][/]. What is not is held back.
:hideProxies
call :plain
if not defined V exit /b 0
if "%V:~0,1%"=="(" goto hideNames
set "REST=%V%"
set "OUT="
set "BAD=no"
:nextProxy
set "BETWEEN=%REST:~0,1%"
for %%d in (";" "," " ") do if "%BETWEEN%"==%%d goto keepDelimiter
for /f "eol=; tokens=1,* delims=;, " %%a in ("%REST%") do set "PART=%%a"
set "S=%PART%"
call :length
call :hideProxy
set "OUT=%OUT%%PART%"
call :shorten
if defined REST goto nextProxy
goto proxiesDone
:keepDelimiter
set "OUT=%OUT%%BETWEEN%"
set "LEN=1"
call :shorten
if defined REST goto nextProxy
:proxiesDone
set "V=%OUT%"
if "%BAD%"=="yes" set "V=unreadable: it holds a name"
exit /b 0

rem Takes the first LEN characters off REST.
:shorten
call set "HEAD=%%REST:~0,%LEN%%%"
if "%HEAD%"=="%REST%" set "REST="
if defined REST call set "REST=%%REST:~%LEN%%%"
exit /b 0

:hideProxy
for %%w in ("<local>" "<-loopback>") do if /i "%PART%"==%%w exit /b 0
call :lead
set "HOST=%PART:*://=%"
set "SCHEME="
if not "%HOST%"=="%PART%" for /f "delims=:" %%a in ("%PART%") do set "SCHEME=%%a://"
for %%v in ("%LEAD%" "%SCHEME%") do call :usual %%v
set "LEAD=%LEAD%%SCHEME%"
set "SLASH="
if "%HOST:~-1%"=="/" set "SLASH=/"
if defined SLASH set "HOST=%HOST:~0,-1%"
call :hideHost
set "PART=%LEAD%%HOST%%SLASH%"
exit /b 0

rem BAD unless %1 is nothing, or a protocol with its sign.
:usual
for %%w in ("" "http=" "https=" "ftp=" "socks=" "http://" "https://" "ftp://" "socks://" "file://") do if /i "%~1"==%%w exit /b 0
set "BAD=yes"
exit /b 0

rem Cuts PART after its first equals sign.
:lead
set "LEAD="
set "VALUE="
for /f "tokens=1,* delims==" %%a in ("%PART%") do (
  set "LEAD=%%a="
  set "VALUE=%%b"
)
if not defined VALUE set "LEAD="
if defined VALUE set "PART=%VALUE%"
exit /b 0

rem HOST is a name or an address, perhaps with a port.
:hideHost
if not defined HOST set "BAD=yes"
if not defined HOST exit /b 0
set "PORT="
set "BRACKET="
if "%HOST:~0,1%"=="[" goto bracketed
for /f "tokens=1,* delims=:" %%a in ("%HOST%") do (
  set "N=%%a"
  set "PORT=%%b"
)
if defined PORT set "PORT=:%PORT%"
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_*" %%a in ("%N%") do set "BAD=yes"
goto hidePort
:bracketed
for /f "tokens=1,* delims=[]" %%a in ("%HOST%") do (
  set "N=%%a"
  set "PORT=%%b"
)
for /f "delims=0123456789abcdefABCDEF.:" %%a in ("%N%") do set "BAD=yes"
set "BRACKET=yes"
:hidePort
for /f "delims=:0123456789" %%a in ("%PORT%") do set "BAD=yes"
if "%BAD%"=="yes" exit /b 0
if /i "%N%"=="localhost" exit /b 0
if "%N%"=="::1" exit /b 0
set "KIND=host"
if defined BRACKET set "KIND=ip"
set "FOUND="
for /f "delims=0123456789." %%a in ("%N%") do set "FOUND=%%a"
if not defined FOUND if "%N:~0,4%"=="127." exit /b 0
if not defined FOUND for /f "tokens=1-5 delims=." %%a in ("%N%") do if not "%%d"=="" if "%%e"=="" set "KIND=ip"
call :pseudonymOf %KIND%
set "HOST=%P%%PORT%"
if defined BRACKET set "HOST=[%P%]%PORT%"
exit /b 0

rem SCHEME://HOST[:PORT]/...: of the rest only the usual names of such a file may be shown.
:hidePac
call :plain
if not defined V exit /b 0
set "BAD=no"
set "TAIL=%V:*://=%"
for /f "delims=:" %%a in ("%V%") do set "LEAD=%%a"
call :usual "%LEAD%://"
if not defined TAIL set "BAD=yes"
if not "%V%"=="%LEAD%://%TAIL%" set "BAD=yes"
if "%TAIL:~0,1%"=="/" set "BAD=yes"
for /f "delims=/" %%a in ("%TAIL%") do set "HOST=%%a"
if "%BAD%"=="no" call :hideHost
set "FILE=path"
if /i "%TAIL:~-9%"=="/wpad.dat" set "FILE=wpad.dat"
if /i "%TAIL:~-10%"=="/proxy.pac" set "FILE=proxy.pac"
set "V=%LEAD%://%HOST%/%FILE%"
if "%BAD%"=="yes" set "V=unreadable: not an address"
exit /b 0

rem "C = US, O = Somebody, CN = Somebody's CA": the parts of a domain's name are names.
:hideIssuer
call :plain
set "LIST=%V%"
set "ISSUER="
:nextIssuerPart
for /f "tokens=1,* delims=," %%a in ("%LIST%") do (
  set "PART=%%a"
  set "LIST=%%b"
)
call :lead
if "%PART:~0,1%"==" " set "LEAD=%LEAD% "
set "V=%PART%"
call :plain
set "WORD=%LEAD%"
if defined LEAD set "WORD=%LEAD: =%"
set "N=%V%"
if /i "%WORD%"=="DC=" call :pseudonymOf domain
if /i "%WORD%"=="DC=" set "V=%P%"
if /i not "%WORD%"=="DC=" call :hideNames
set "ISSUER=%ISSUER%%LEAD%%V%"
if defined LIST set "ISSUER=%ISSUER%,"
if defined LIST goto nextIssuerPart
set "V=%ISSUER%"
exit /b 0

rem --- sections ---------------------------------------------------------------------------------------------------

:prepare
set "REGBLOCKED=no"
call "%REG%" query "%HKLM%\SOFTWARE" /reg:64 >nul 2>nul
if not "%ERRORLEVEL%"=="0" set "REGBLOCKED=yes"
set "SHELLBITS=64"
if /i "%PROCESSOR_ARCHITECTURE%"=="x86" set "SHELLBITS=32"
set "OSBITS=%SHELLBITS%"
if defined PROCESSOR_ARCHITEW6432 set "OSBITS=64"
call :open "%CURRENT%"
call :nt
set "NT=%V%"
call :powershell
goto utc

rem The first two sections are written last, as they count the names of all the others.
:begin
set "INTO=txt"
set "LINE==== HANDSHAKE REPORT 1 BEGIN ==="
call :line
set "LINE=[report]"
call :line
set "V=handshake-report 1"
call :key format
set "V=handshake-check.cmd %VERSION%"
call :key script
call :scriptHash
set "V=%CASE%"
call :key case
set "V=%UTC%"
if not defined UTC set "V=unavailable"
call :key time-utc
exit /b 0

rem certutil.exe cannot be told a path with every sort of character, so it gets a copy of this file.
:scriptHash
copy /y "%SELF%" %WORK%.src >nul 2>nul
call :hash src
set "V=unavailable"
if defined HASH set "V=%HASH%"
call :key script-sha256
exit /b 0

rem The integrity level is a number in every language; 12288 is "high", 16384 "system".
:run
call :section run "how this script runs"
set "V=unreadable: whoami.exe shows no level"
call "%WHOAMI%" /groups >%WORK%.out 2>nul
call "%FIND%" "S-1-16-" <%WORK%.out >nul 2>nul
if "%ERRORLEVEL%"=="0" set "V=no"
call "%FIND%" "S-1-16-12288" <%WORK%.out >nul 2>nul
if "%ERRORLEVEL%"=="0" set "V=yes"
call "%FIND%" "S-1-16-16384" <%WORK%.out >nul 2>nul
if "%ERRORLEVEL%"=="0" set "V=yes"
call :key elevated
set "V=%SHELLBITS%"
call :key shell-bits
set "V=%OSBITS%"
call :key os-bits
set "V=none"
call :key language-mode
call :account
call :key account
call :device
call :key device
set "V=%PSEUDONYMS%"
call :key pseudonyms
exit /b 0

rem Elevated with the password of somebody else, the script would read that person's settings.
:account
set "V=unreadable: not recorded"
set "N=%USERDOMAIN%\%USERNAME%"
setlocal EnableDelayedExpansion
>%WORK%.out echo !N!
endlocal
for /f "delims=" %%a in (%WORK%.out) do set "OTHER=%%a"
call "%REG%" query "%SESSIONS%" /s /reg:64 >%WORK%.key 2>nul
for /f "tokens=1,2,*" %%a in (%WORK%.key) do (
  set "NAME=%%a"
  set "S=%%c"
  call :session
)
exit /b 0

rem S is one account that is signed in, in the letters that reg.exe has for it.
:session
if "%V%"=="logged-on" exit /b 0
if not defined S exit /b 0
set "WANTED=no"
for %%w in (LoggedOnSAMUser LoggedOnUser) do if /i "%NAME%"=="%%w" set "WANTED=yes"
if "%WANTED%"=="no" exit /b 0
set "S=%S:"=%"
if not "%S:\=%"=="%S%" set "V=other"
if /i "%S%"=="%N%" set "V=logged-on"
if /i "%S%"=="%OTHER%" set "V=logged-on"
exit /b 0

rem Tells two reports of one PC from those of two, and tells nothing else.
:device
call :open "%CRYPTOGRAPHY%"
call :value MachineGuid
set "GUID=%V%"
set "V=unavailable"
if not "%ACCESS%"=="open" exit /b 0
if not defined GUID exit /b 0
for %%l in (a b c d e f) do call set "GUID=%%GUID:%%l=%%l%%"
set "REST="
for /f "delims=0123456789abcdef-" %%a in ("%GUID%") do set "REST=%%a"
if defined REST exit /b 0
if "%GUID:~0,35%"=="%GUID%" exit /b 0
if not "%GUID:~0,36%"=="%GUID%" exit /b 0
<nul >%WORK%.dev set /p "=handshake-device:%GUID%"
call :hash dev
if defined HASH set "V=%HASH:~0,16%"
exit /b 0

:os
call :section os "the version of Windows"
call :open "%CURRENT%"
call :valueKey product ProductName
call :value DisplayVersion
if not defined V call :value ReleaseId
if "%ACCESS%"=="open" call :hideNames
call :key display-version
set "V=%NT%"
if "%ACCESS%"=="open" call :hideNames
call :key nt
call :valueKey build CurrentBuildNumber
call :value UBR
call :decimal
if "%ACCESS%"=="open" call :hideNames
call :key revision
call :value InstallationType
if "%ACCESS%"=="open" if defined V call :type
call :key type
exit /b 0

:type
if /i "%V:~0,6%"=="Server" set "V=server"
if /i "%V%"=="Client" set "V=client"
if not "%V%"=="server" if not "%V%"=="client" goto hideNames
exit /b 0

:nt
call :value CurrentMajorVersionNumber
call :decimal
set "MAJOR=%V%"
call :value CurrentMinorVersionNumber
call :decimal
if "%ACCESS%"=="open" if defined MAJOR if defined V set "V=%MAJOR%.%V%"
if not defined MAJOR call :value CurrentVersion
exit /b 0

:schannel
call :section schannel "which versions of TLS are switched on"
for %%t in (1.0 1.1 1.2 1.3) do call :tls %%t
call :killer ecdh "KeyExchangeAlgorithms\ECDH"
call :killer aes128 "Ciphers\AES 128/128"
call :killer aes256 "Ciphers\AES 256/256"
call :killer hash.sha256 "Hashes\SHA256"
call :killer hash.sha384 "Hashes\SHA384"
call :killer hash.sha "Hashes\SHA"
call :open "%HKLM%\SYSTEM\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy"
call :valueKey fips.enabled Enabled
exit /b 0

:tls
set "TLS=%1"
set "TLS=tls%TLS:.=%"
call :open "%SCHANNEL%\Protocols\TLS %1\Client"
call :valueKey %TLS%.enabled Enabled
call :valueKey %TLS%.disabled-by-default DisabledByDefault
exit /b 0

:killer
call :open "%SCHANNEL%\%~2"
call :valueKey %1.enabled Enabled
exit /b 0

:protocols
call :section winhttp "the TLS settings of Windows services"
call :open "%HKLM%\SOFTWARE\%SETTINGS%\WinHttp"
call :valueKey native.default-secure-protocols DefaultSecureProtocols
call :open "%HKLM%\SOFTWARE\Wow6432Node\%SETTINGS%\WinHttp"
call :wow64Key wow64.default-secure-protocols DefaultSecureProtocols
call :section wininet "the TLS settings in Internet Options"
call :open "%HKCU%\Software\%SETTINGS%"
call :valueKey user.secure-protocols SecureProtocols
call :open "%HKCU%\Software\Policies\%SETTINGS%"
call :valueKey user-policy.secure-protocols SecureProtocols
call :open "%HKLM%\SOFTWARE\Policies\%SETTINGS%"
call :valueKey machine-policy.secure-protocols SecureProtocols
exit /b 0

rem Windows 10 and newer know lists that the registry does not show. Where PowerShell is blocked, nothing comes back.
:powershell
type nul >%WORK%.ps
if not "%NT%"=="10.0" exit /b 0
if not exist "%POWERSHELL%" exit /b 0
echo   the lists of cipher suites and curves
call "%POWERSHELL%" -NoProfile -NonInteractive -Command "foreach ($s in Get-TlsCipherSuite) { 'suite ' + $s.Name }; foreach ($c in Get-TlsEccCurve) { 'curve ' + $c }; 'utc {0:s}Z' -f [datetime]::UtcNow" >%WORK%.ps 2>nul
exit /b 0

:suites
call :section suites "the settings for cipher suites"
call :open "%SUITEPOLICY%"
call :listKey policy.functions Functions
call :open "%SUITELOCAL%"
call :listKey local.functions Functions
call :list suite Get-TlsCipherSuite
call :section curves "the settings for elliptic curves"
call :open "%SUITEPOLICY%"
call :listKey policy.curves EccCurves
call :list curve Get-TlsEccCurve
exit /b 0

:list
set "COUNT=0"
for /f "tokens=1" %%a in (%WORK%.ps) do if "%%a"=="%1" set "COUNT=1"
set "V=unavailable"
if "%COUNT%"=="0" goto keyCmdlet
call :beginRaw %2
for /f "tokens=1,2" %%a in (%WORK%.ps) do (
  set "NAME=%%a"
  set "V=%%b"
  call :listItem %1
)
goto endRaw
:keyCmdlet
call :key cmdlet
exit /b 0

:listItem
if not "%NAME%"=="%1" exit /b 0
call :hideInList
goto raw

:dotnet
call :section dotnet "the TLS settings of .NET"
call :framework v2 v2.0.50727
call :framework v4 v4.0.30319
exit /b 0

:framework
call :open "%HKLM%\SOFTWARE\Microsoft\.NETFramework\%2"
call :valueKey %1.native.strong-crypto SchUseStrongCrypto
call :valueKey %1.native.system-default SystemDefaultTlsVersions
call :open "%HKLM%\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\%2"
call :wow64Key %1.wow64.strong-crypto SchUseStrongCrypto
call :wow64Key %1.wow64.system-default SystemDefaultTlsVersions
exit /b 0

rem Both updates belong to Windows 7 to 8.1; on newer ones the question has no answer.
:updates
call :section updates "two updates that older versions of Windows need"
type nul >%WORK%.key
set "ACCESS=open"
if not "%NT%"=="10.0" call :open "%HKLM%\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\Packages"
call :update kb3140245 KB3140245
call :update kb2919355 KB2919355
exit /b 0

:update
call :value none
if not "%ACCESS%"=="open" goto keyUpdate
set "V=missing"
call "%FIND%" "_for_%2~" <%WORK%.key >nul 2>nul
if "%ERRORLEVEL%"=="0" set "V=installed"
if "%NT%"=="10.0" set "V=unavailable"
:keyUpdate
call :key %1
exit /b 0

rem WinHttpSettings is a structure: its byte 8 holds 1 for direct, and 2 on top for a named proxy.
:proxy
call :section proxy "the proxy settings"
call :open "%HKLM%\SOFTWARE\%SETTINGS%\Connections"
call :value WinHttpSettings
if "%ACCESS%"=="open" if defined V call :proxyMode
call :key winhttp.mode
call :open "%HKCU%\Software\%SETTINGS%"
call :valueKey user.enabled ProxyEnable
set "ENABLED=%V%"
call :value ProxyServer
call :hidePassword
if "%ENABLED%"=="0x1" if defined V call :httpsProxy
call :unlessTold hideProxies
call :key user.server
call :value AutoConfigURL
call :hidePassword
call :unlessTold hidePac
call :key user.auto-config-url
set "V=unavailable"
if not exist "%NETSH%" goto keyNetsh
call :beginRaw "netsh winhttp show proxy"
call "%NETSH%" winhttp show proxy >%WORK%.out 2>nul
for /f "delims=" %%a in (%WORK%.out) do (
  set "V=%%a"
  call :netshLine
)
goto endRaw
:keyNetsh
call :key netsh
exit /b 0

rem Hides names in V by way of %1, unless V is this script's own word for why there is nothing.
:unlessTold
if not "%ACCESS%"=="open" exit /b 0
if not defined V exit /b 0
if "%V%"=="unreadable: it holds a name or password" exit /b 0
goto %1

rem "Proxy Server(s) : a:80", or a line of words.
:netshLine
call :plain
call :hidePassword
if not defined V exit /b 0
if "%V%"=="unreadable: it holds a name or password" goto raw
set "LABEL="
for /f "tokens=1,* delims=:" %%a in ("%V%") do (
  set "LABEL=%%a"
  set "TAIL=%%b"
)
if not defined TAIL goto netshWords
if not "%TAIL:~0,1%"==" " goto netshWords
set "VALUE=%TAIL:~1%"
set "COLON=:"
if "%LABEL:~-1%"==" " set "COLON= :"
set "V=%LABEL%"
call :hideNames
set "LABEL=%V%%COLON%"
set "V=%VALUE%"
call :hideProxies
set "V=%LABEL% %V%"
goto raw
:netshWords
call :hideNames
goto raw

:proxyMode
set "MODE=%V:~16,2%"
set "V=direct"
if "%MODE%"=="02" set "V=named"
if "%MODE%"=="03" set "V=named"
exit /b 0

rem "proxy:8080", or a list by protocol, "http=a:80;https=b:8080".
:httpsProxy
for %%p in ("%V:;=" "%") do (
  set "PART=%%~p"
  call :proxyPart
)
if "%V%"=="unreadable: it holds a name or password" set "PROXY="
if not defined PROXY exit /b 0
set "PROXY=%PROXY:http://=%"
set "REST="
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:" %%a in ("%PROXY%") do set "REST=%%a"
if defined REST set "PROXY="
exit /b 0

:proxyPart
if /i "%PART:~0,6%"=="https=" set "PROXY=%PART:~6%"
for /f "tokens=1,* delims==" %%a in ("%PART%") do if "%%b"=="" set "PROXY=%%a"
exit /b 0

rem cmd knows local time in the user's own format only. PowerShell or wmic know UTC; where both are missing, nobody does.
:utc
set "UTC="
for /f "tokens=1,2" %%a in (%WORK%.ps) do if "%%a"=="utc" set "UTC=%%b"
if not defined UTC if exist "%WMIC%" call :clockByWmic
if not defined UTC exit /b 0
if not "%UTC:~0,19%Z"=="%UTC%" set "UTC="
if not defined UTC exit /b 0
set "REST="
for /f "delims=0123456789-T:Z" %%a in ("%UTC%") do set "REST=%%a"
if defined REST set "UTC="
exit /b 0

:clockByWmic
rem Into a file, wmic writes two bytes a letter; into a pipe, one. It ends lines with two carriage returns: the second
rem falls off when the value is used between per cents.
call "%WMIC%" path Win32_UTCTime get /value 2>nul | "%FIND%" "=" >%WORK%.out
for /f "tokens=1,2 delims==" %%a in (%WORK%.out) do set "W-%%a=%%b"
if not defined W-Year exit /b 0
set "W-Month=0%W-Month%"
set "W-Day=0%W-Day%"
set "W-Hour=0%W-Hour%"
set "W-Minute=0%W-Minute%"
set "W-Second=0%W-Second%"
set "UTC=%W-Year%-%W-Month:~-2%-%W-Day:~-2%T%W-Hour:~-2%:%W-Minute:~-2%:%W-Second:~-2%Z"
exit /b 0

rem The report's own time is some seconds old by now, and the offset is wrong by as many: minutes are what matters.
:clock
call :section clock "the clock, against the clock of a Microsoft server"
set "SERVER="
set "V=unavailable"
if exist "%CURL%" call :clockOfServer
if defined SERVER set "V=%SERVER%"
call :key server-date-utc
call :offset
call :key offset-seconds
exit /b 0

rem "Date: Tue, 24 Nov 2026 07:40:00 GMT". It comes unprotected over the network, so it is checked before it is used.
:clockOfServer
set "V=unreadable: no answer"
set "VIA="
if defined PROXY set "VIA=--proxy http://%PROXY%"
set "STAMP="
call "%CURL%" -q --silent --head --max-time 5 %VIA% %CLOCKURL% >%WORK%.out 2>nul
for /f "tokens=1-6" %%a in (%WORK%.out) do if /i "%%a"=="Date:" set "STAMP=%%c %%d %%e %%f"
if not defined STAMP exit /b 0
set "STAMP=%STAMP:"=%"
set "REST="
for /f "delims=0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz " %%a in ("%STAMP%") do set "REST=%%a"
if not defined REST call :serverDate %STAMP%
exit /b 0

:serverDate
set "MONTH="
set "N=0"
for %%m in (Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec) do call :month %%m %2
if defined MONTH set "SERVER=%3-%MONTH:~-2%-%1T%4Z"
exit /b 0

:month
set /a N+=1 >nul
if /i "%1"=="%2" set "MONTH=0%N%"
exit /b 0

:offset
set "V=unavailable"
if not defined UTC exit /b 0
if not defined SERVER exit /b 0
set "STAMP=%UTC%"
call :seconds
set "OURS=%SECONDS%"
set "DAYS1=%DAYS%"
set "STAMP=%SERVER%"
call :seconds
set /a "APART=DAYS1-DAYS" >nul
set /a "V=APART*86400+OURS-SECONDS" >nul
if %APART% GTR 20000 set "V=1728000000"
if %APART% LSS -20000 set "V=-1728000000"
exit /b 0

rem DAYS and SECONDS of STAMP. The 1 in front and the 100 off keep 08 and 09 from being read as octal.
:seconds
set /a "Y=%STAMP:~0,4%, M=1%STAMP:~5,2%-100, D=1%STAMP:~8,2%-100" >nul
set /a "SECONDS=(1%STAMP:~11,2%-100)*3600+(1%STAMP:~14,2%-100)*60+1%STAMP:~17,2%-100" >nul
set /a "A=(14-M)/12" >nul
set /a "Y=Y-A, M=M+12*A-3" >nul
set /a "DAYS=D+(153*M+2)/5+365*Y+Y/4-Y/100+Y/400" >nul
exit /b 0

rem Only lines that say how the PC is joined: the rest names people, devices and tenants.
:join
call :section join "how this PC belongs to your organisation"
set "V=unavailable"
if not exist "%DSREGCMD%" goto keyDsregcmd
call :beginRaw "dsregcmd /status"
for /f "tokens=*" %%a in (%WORK%.ds) do (
  set "V=%%a"
  call :joinLine
)
goto endRaw
:keyDsregcmd
call :key dsregcmd
exit /b 0

rem V is one line of dsregcmd: a title, or "AzureAdJoined : YES".
:joinLine
call :plain
if not defined V exit /b 0
if "%V:~0,1%"=="|" goto joinTitle
set "NAME="
set "TAIL="
for /f "tokens=1,* delims=:" %%a in ("%V%") do (
  set "NAME=%%a"
  set "TAIL=%%b"
)
if not defined TAIL exit /b 0
set "WORD=%NAME: =%"
set "WANTED=no"
for %%w in (AzureAdJoined EnterpriseJoined DomainJoined WorkplaceJoined AzureAdPrt) do if "%WORD%"=="%%w" set "WANTED=yes"
if "%WANTED%"=="yes" for %%w in (YES NO) do if "%TAIL: =%"=="%%w" goto raw
if not "%NAME:~-6%"==" Test " exit /b 0
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -" %%a in ("%NAME%") do set "WANTED=none"
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789x/[] " %%a in ("%TAIL%") do set "WANTED=none"
if "%WANTED%"=="none" exit /b 0
call :hideNames
goto raw

:joinTitle
set "REST="
for /f "delims=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789|/()- " %%a in ("%V%") do set "REST=%%a"
if defined REST exit /b 0
call :hideNames
goto raw

:onedrive
call :section onedrive "the version of OneDrive"
call :open "%HKCU%\Software\Microsoft\OneDrive"
call :value Version
if "%ACCESS%"=="open" call :hideVersion
call :key version
set "V=absent"
if exist "%ProgramFiles(x86)%\Microsoft OneDrive\OneDrive.exe" set "V=programfiles-x86"
if exist "%ProgramFiles%\Microsoft OneDrive\OneDrive.exe" if "%OSBITS%"=="%SHELLBITS%" set "V=programfiles"
if exist "%ProgramW6432%\Microsoft OneDrive\OneDrive.exe" set "V=programfiles"
if exist "%LOCALAPPDATA%\Microsoft\OneDrive\OneDrive.exe" set "V=localappdata"
call :key program
exit /b 0

rem A version may have the shape of an address.
:hideVersion
if not defined V exit /b 0
set "REST="
for /f "delims=0123456789." %%a in ("%V%") do set "REST=%%a"
if defined REST goto hideNames
exit /b 0

rem --- probes -----------------------------------------------------------------------------------------------------

:probes
call :section probe "whether the Microsoft servers can be reached (up to 40 seconds)"
set "HOSTS=login.microsoftonline.com device.login.microsoftonline.com enterpriseregistration.windows.net oneclient.sfx.ms"
type nul >%WORK%.web
if not exist "%CURL%" if exist "%POWERSHELL%" call :handshakes
for %%h in (%HOSTS%) do call :probe %%h
exit /b 0

rem Before curl.exe, WinHttpRequest goes the way of OneDrive: WinHTTP, with TLS 1.2 alone allowed. It cannot show the
rem certificate. PowerShell 2.0 of Windows 7 knows all of this; where it is blocked, nothing comes back.
:handshakes
set "TARGET=$h, 443"
set "VIA="
if defined PROXY set "TARGET='%PROXY::=', %"
if defined PROXY set "VIA=$w.SetProxy(2, '%PROXY%');"
set "CODE=$e = $_.Exception; while ($e.InnerException) { $e = $e.InnerException }; '{0} {1} 0x{2:x8}' -f"
set "SOCKET=$n = @(%TARGET%); $c = New-Object Net.Sockets.TcpClient; $a = $c.BeginConnect($n[0], $n[1], $null, $null);"
set "SOCKET=%SOCKET% if ($a.AsyncWaitHandle.WaitOne(4000)) { $c.EndConnect($a); 'tcp ' + $h + ' ok' } else { 'tcp ' + $h + ' timeout' }"
set "REQUEST=$w = New-Object -ComObject WinHttp.WinHttpRequest.5.1; $w.SetTimeouts(4000, 4000, 4000, 5000); %VIA%"
set "REQUEST=%REQUEST% $w.Open('HEAD', 'https://' + $h + '/', $false); $w.Option(9) = 2048; $w.Send(); 'tls ' + $h + ' ok'"
set "SOCKET=try { %SOCKET% } catch { %CODE% 'tcp', $h, $e.ErrorCode }"
set "REQUEST=try { %REQUEST% } catch { %CODE% 'tls', $h, $e.ErrorCode }"
call "%POWERSHELL%" -NoProfile -NonInteractive -Command "foreach ($h in '%HOSTS: =', '%') { %SOCKET%; %REQUEST% }" >%WORK%.web 2>nul
exit /b 0

rem What these lines say of %1. 274d is "refused"; 2ee2 is a time-out, 2f7d a handshake that failed, the four at the
rem end are certificates that this PC does not accept. Anything else proves nothing about TLS.
:handshakeTold
for /f "tokens=1-3" %%a in (%WORK%.web) do if "%%b"=="%1" set "TOLD-%%a=%%c"
if not defined TOLD-tcp exit /b 0
set "TCP=failed"
if "%TOLD-tcp%"=="ok" set "TCP=ok"
if "%TOLD-tcp%"=="timeout" set "TCP=timeout"
if "%TOLD-tcp%"=="0x0000274d" set "TCP=refused"
set "TLS=unreadable: no connection"
if not "%TCP%"=="ok" exit /b 0
set "TLS=unreadable: no answer"
if "%TOLD-tls%"=="ok" set "TLS=ok"
if "%TOLD-tls%"=="0x80072ee2" set "TLS=timeout"
if "%TOLD-tls%"=="0x80072f7d" set "TLS=failed: 0x80072f7d"
for %%c in (0x80072f05 0x80072f06 0x80072f0d 0x80072f8f) do if "%TOLD-tls%"=="%%c" set "TLS=failed: certificate not trusted"
exit /b 0

:probe
echo     %1
set "DNS=failed"
set "TCP=unavailable"
set "TLS=unavailable"
set "ISSUER=unavailable"
rem Nobody need answer: an address in brackets, behind the name, is all that is wanted.
call "%PING%" -n 1 -w 500 %1 >%WORK%.out 2>nul
call "%FIND%" "[" <%WORK%.out >nul 2>nul
if "%ERRORLEVEL%"=="0" set "DNS=ok"
for %%t in (tcp tls) do set "TOLD-%%t="
call :handshakeTold %1
if exist "%CURL%" call :handshake %1
set "V=%DNS%"
call :key %1.dns
set "V=direct"
if defined PROXY set "V=proxy"
call :key %1.via
set "V=%TCP%"
call :key %1.tcp443
set "V=%TLS%"
call :key %1.tls12
set "V=%ISSUER%"
call :key %1.issuer
exit /b 0

rem curl.exe comes with Windows since 2018 and uses the same Schannel settings as OneDrive. Per cents are written four
rem times, as "call" halves them twice. A time of zero means that curl never came that far.
:handshake
set "VIA="
if defined PROXY set "VIA=--proxy http://%PROXY%"
call "%CURL%" -q --silent --head --output NUL --ssl-no-revoke --connect-timeout 4 --max-time 9 --tlsv1.2 --tls-max 1.2 %VIA% --write-out "\ntimes %%%%{time_connect} %%%%{time_appconnect}\n%%%%{certs}\n" https://%1/ >%WORK%.out 2>nul
set "RC=%ERRORLEVEL%"
set "CONNECTED="
set "SECURED="
set "TIMES="
for /f "tokens=1-3" %%a in (%WORK%.out) do if "%%a"=="times" if not defined TIMES set "TIMES=%%b %%c"
if defined TIMES call :times
set "TLS=unreadable: no connection"
set "ISSUER=unreadable: no connection"
set "TCP=failed"
if "%RC%"=="28" set "TCP=timeout"
if "%DNS%"=="failed" if not defined PROXY set "TCP=unreadable: no address"
if not defined CONNECTED exit /b 0
set "TCP=ok"
set "TLS=failed: curl %RC%"
if "%RC%"=="28" set "TLS=timeout"
if "%RC%"=="60" set "TLS=failed: certificate not trusted"
if defined SECURED set "TLS=ok"
set "ISSUER="
rem The first certificate in the list is the server's own.
for /f "tokens=1,* delims=:" %%a in (%WORK%.out) do if /i "%%a"=="Issuer" if not defined ISSUER set "ISSUER=%%b"
if not defined ISSUER set "ISSUER=unavailable"
if "%ISSUER%"=="unavailable" exit /b 0
set "V=%ISSUER:"=%"
call :hideIssuer
set "ISSUER=%V%"
exit /b 0

:times
for /f "tokens=1,2" %%a in ("%TIMES%") do (
  set "CONNECTED=%%a"
  set "SECURED=%%b"
)
call :nonzero CONNECTED
call :nonzero SECURED
exit /b 0

:nonzero
set "REST="
call set "REST=%%%1%%"
set "%1="
for /f "delims=0.," %%a in ("%REST%") do set "%1=yes"
exit /b 0

rem --- the report -------------------------------------------------------------------------------------------------

rem HASH of the working file %1. Windows 7 prints it in pairs, others may use capitals. Where certutil.exe is missing or blocked, the line says so.
:hash
set "HASH="
if not exist "%CERTUTIL%" exit /b 0
call "%CERTUTIL%" -hashfile %WORK%.%1 SHA256 >%WORK%.out 2>nul
for /f "skip=1 delims=" %%a in (%WORK%.out) do if not defined HASH set "HASH=%%a"
if not defined HASH exit /b 0
set "HASH=%HASH:"=%"
set "HASH=%HASH: =%"
set "REST="
for /f "delims=0123456789abcdefABCDEF" %%a in ("%HASH%") do set "REST=%%a"
if "%HASH:~0,63%"=="%HASH%" set "REST=short"
if not "%HASH:~0,64%"=="%HASH%" set "REST=long"
if defined REST set "HASH="
if defined HASH for %%l in (a b c d e f) do call set "HASH=%%HASH:%%l=%%l%%"
exit /b 0

rem The registry knows a desktop that was moved to OneDrive or to a server. One name between per cents is filled in.
:desktop
call :open "%SHELLFOLDERS%"
call :value Desktop
set "DESKTOP="
if not "%ACCESS%"=="open" exit /b 0
if not defined V exit /b 0
set "DESKTOP=%V%"
set "NAME="
for /f "tokens=1,2,* delims=%%" %%a in (".%V%") do (
  set "HEAD=%%a"
  set "NAME=%%b"
  set "TAIL=%%c"
)
if not defined NAME exit /b 0
call set "DESKTOP=%%%NAME%%%"
set "DESKTOP=%HEAD:~1%%DESKTOP%%TAIL%"
exit /b 0

:save
type %WORK%.body >>%WORK%.txt
call :hash txt
if not defined HASH set "HASH=unavailable"
>>%WORK%.txt echo === HANDSHAKE REPORT 1 END lines=%LINES% sha256=%HASH% ===
call :desktop
set "SAVED="
if defined DESKTOP call :tryFolder
set "DESKTOP=%USERPROFILE%\Desktop"
if not defined SAVED call :tryFolder
set "DESKTOP=%TEMP%"
if not defined SAVED call :tryFolder
echo.
if not defined SAVED goto notSaved
echo Done. Nothing was changed on this PC. The report is here:
setlocal EnableDelayedExpansion
echo   !SAVED!
endlocal
echo Names in it are replaced. handshake-names.txt, beside it, says which: keep that one to yourself.
echo To send the report, attach handshake-report.txt to the chat. Or open it, select all (Ctrl+A), copy (Ctrl+C),
echo and paste it into the chat (Ctrl+V).
if "%SHOW%"=="yes" start "" "%NOTEPAD%" "%SAVED%"
exit /b 0

:notSaved
echo Sorry, the report could not be saved anywhere. Please select the lines below, copy them,
echo and paste them into the chat:
type %WORK%.txt
exit /b 0

:tryFolder
if not exist "%DESKTOP%\" exit /b 0
copy /y %WORK%.txt "%DESKTOP%\handshake-report.txt" >nul 2>nul
if not "%ERRORLEVEL%"=="0" exit /b 0
set "SAVED=%DESKTOP%\handshake-report.txt"
copy /y %WORK%.names "%DESKTOP%\handshake-names.txt" >nul 2>nul
exit /b 0

rem Nothing is sent: a page opens, if somebody is there and wants it.
:offer
if not defined ADDRESS exit /b 0
if "%CASE%"=="none" exit /b 0
echo Send it at %ADDRESS%/r/%CASE%
if not "%SHOW%"=="yes" exit /b 0
if not "%PAUSE%"=="yes" exit /b 0
set "ANSWER="
set /p "ANSWER=Open that page now? Type y and press Enter, or only Enter for no: "
if not defined ANSWER exit /b 0
set "ANSWER=%ANSWER:"=%"
if /i "%ANSWER%"=="y" start "" "%ADDRESS%/r/%CASE%"
exit /b 0

@echo off
rem Handshake check 1.0.0: reads the settings that decide whether OneDrive can sign in (0x8004de40, 0x8004de88).
rem
rem It only reads. It changes no setting, needs no administrator and sends nothing: the files that it writes are its
rem report, handshake-report.txt, on your desktop (or in your temporary folder), and working files that it deletes.
rem It opens connections to the Microsoft sign-in servers named below, as OneDrive does, and says nothing there.
rem
rem   handshake-check.cmd [CODE] [/noshow] [/nopause]
rem
rem CODE      the code of your case, printed into the report
rem /noshow   do not open the report at the end
rem /nopause  do not wait for a key at the end
rem
rem For Windows 7 and newer. Results are judged by ERRORLEVEL alone, as messages come in the user's language.
rem Delayed expansion is on for the lines that print: elsewhere it would eat every ! in a name. Text that comes from
rem the registry or the network loses its quotes first, and is never the argument of a call: it must not become a command.

setlocal EnableExtensions DisableDelayedExpansion
set "VERSION=1.0.0"
set "CASE=none"
set "SHOW=yes"
set "PAUSE=yes"
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
set "SHELLFOLDERS=%HKCU%\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
set "CLOCKURL=http://www.msftconnecttest.com/connecttest.txt"

rem Working files have plain names in the temporary folder, so that no odd user name gets into a command.
pushd "%TEMP%"
set "WORK=handshake-work-%RANDOM%%RANDOM%"
set "LINES=0"
set "PROXY="

echo Handshake check: this only reads, changes nothing, and takes about half a minute. Reading:
call :prepare
call :begin
call :run
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
call :save
del %WORK%.* >nul 2>nul
popd
if "%PAUSE%"=="yes" pause
exit /b 0

rem --- writing ----------------------------------------------------------------------------------------------------

rem Writes LINE. It begins with a name, a bracket or a bar, so echo never takes it for ON, OFF or a switch.
:line
setlocal EnableDelayedExpansion
>>%WORK%.txt echo !LINE!
endlocal
set /a LINES+=1 >nul
exit /b 0

:section
echo   %~2
set "LINE=[%~1]"
goto line

rem Writes "name = V".
:key
call :plain
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
call "%REG%" query "%KEY%" /reg:64 >%WORK%.key 2>nul
if "%ERRORLEVEL%"=="0" exit /b 0
set "ACCESS=absent"

rem reg.exe answers the same for a missing key and a forbidden one. If the nearest key above that opens
rem lists the one below it, that one is there but may not be read.
:blame
setlocal EnableDelayedExpansion
set "WALK="
for %%a in ("%KEY:\=" "%") do (
  set "PARENT=!WALK!"
  set "WALK=!WALK!\%%~a"
)
endlocal & set "PARENT=%PARENT:~1%"
call "%REG%" query "%PARENT%" /reg:64 >%WORK%.key 2>nul
if "%ERRORLEVEL%"=="0" goto listed
set "KEY=%PARENT%"
for %%a in ("%HKLM%\SOFTWARE" "%HKLM%\SYSTEM" "%HKCU%\Software") do if /i "%KEY%"==%%a set "ACCESS=denied"
if "%ACCESS%"=="absent" goto blame
exit /b 0
:listed
for /f "delims=" %%a in (%WORK%.key) do if /i "%%a"=="%KEY%" set "ACCESS=denied"
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
call :key "%~1"
exit /b 0

rem The same for a list, whose items reg.exe parts by \0.
:listKey
call :value "%~2"
if defined V set "V=%V:\0=,%"
call :key "%~1"
exit /b 0

rem The same for the 32-bit view, which a 32-bit Windows does not have.
:wow64Key
if "%OSBITS%"=="64" goto valueKey
set "V=unavailable"
call :key "%~1"
exit /b 0

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

:begin
set "LINE==== HANDSHAKE REPORT 1 BEGIN ==="
call :line
set "LINE=[report]"
call :line
set "V=handshake-report 1"
call :key format
set "V=handshake-check.cmd %VERSION%"
call :key script
set "V=%CASE%"
call :key case
set "V=%UTC%"
if not defined UTC set "V=unavailable"
call :key time-utc
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
exit /b 0

:os
call :section os "the version of Windows"
call :open "%CURRENT%"
call :valueKey product ProductName
call :value DisplayVersion
if not defined V call :value ReleaseId
call :key display-version
set "V=%NT%"
call :key nt
call :valueKey build CurrentBuildNumber
call :value UBR
call :decimal
call :key revision
call :value InstallationType
if defined V if /i "%V:~0,6%"=="Server" set "V=server"
if /i "%V%"=="Client" set "V=client"
call :key type
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
if "%NAME%"=="%1" goto raw
exit /b 0

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
call :key user.server
call :value AutoConfigURL
call :hidePassword
call :key user.auto-config-url
set "V=unavailable"
if not exist "%NETSH%" goto keyNetsh
call :beginRaw "netsh winhttp show proxy"
call "%NETSH%" winhttp show proxy >%WORK%.out 2>nul
for /f "delims=" %%a in (%WORK%.out) do (
  set "V=%%a"
  call :rawOpen
)
goto endRaw
:keyNetsh
call :key netsh
exit /b 0

:rawOpen
call :plain
call :hidePassword
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
call "%DSREGCMD%" /status >%WORK%.out 2>nul
call :beginRaw "dsregcmd /status"
for /f "tokens=*" %%a in (%WORK%.out) do (
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
if "%V:~0,1%"=="|" goto raw
set "NAME="
for /f "tokens=1 delims=:" %%a in ("%V%") do set "NAME=%%a"
if not defined NAME exit /b 0
set "WORD=%NAME: =%"
set "WANTED=no"
for %%w in (AzureAdJoined EnterpriseJoined DomainJoined WorkplaceJoined AzureAdPrt) do if "%WORD%"=="%%w" set "WANTED=yes"
if "%NAME:~-6%"==" Test " set "WANTED=yes"
if "%WANTED%"=="yes" goto raw
exit /b 0

:onedrive
call :section onedrive "the version of OneDrive"
call :open "%HKCU%\Software\Microsoft\OneDrive"
call :valueKey version Version
set "V=absent"
if exist "%ProgramFiles(x86)%\Microsoft OneDrive\OneDrive.exe" set "V=programfiles-x86"
if exist "%ProgramFiles%\Microsoft OneDrive\OneDrive.exe" if "%OSBITS%"=="%SHELLBITS%" set "V=programfiles"
if exist "%ProgramW6432%\Microsoft OneDrive\OneDrive.exe" set "V=programfiles"
if exist "%LOCALAPPDATA%\Microsoft\OneDrive\OneDrive.exe" set "V=localappdata"
call :key program
exit /b 0

rem --- probes -----------------------------------------------------------------------------------------------------

:probes
call :section probe "whether the Microsoft servers can be reached (up to 40 seconds)"
for %%h in (login.microsoftonline.com device.login.microsoftonline.com enterpriseregistration.windows.net oneclient.sfx.ms) do call :probe %%h
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
if defined ISSUER set "ISSUER=%ISSUER:"=%"
if not defined ISSUER set "ISSUER=unavailable"
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

rem Windows 7 prints the hash in pairs. Where certutil.exe is missing or blocked, the line says so.
:hash
set "HASH="
if not exist "%CERTUTIL%" exit /b 0
call "%CERTUTIL%" -hashfile %WORK%.txt SHA256 >%WORK%.out 2>nul
for /f "skip=1 delims=" %%a in (%WORK%.out) do if not defined HASH set "HASH=%%a"
if not defined HASH exit /b 0
set "HASH=%HASH:"=%"
set "HASH=%HASH: =%"
set "REST="
for /f "delims=0123456789abcdefABCDEF" %%a in ("%HASH%") do set "REST=%%a"
if "%HASH:~0,63%"=="%HASH%" set "REST=short"
if not "%HASH:~0,64%"=="%HASH%" set "REST=long"
if defined REST set "HASH="
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
call :hash
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
echo To send it, attach this file to the chat. Or open it, select all (Ctrl+A), copy (Ctrl+C),
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
if "%ERRORLEVEL%"=="0" set "SAVED=%DESKTOP%\handshake-report.txt"
exit /b 0

<#
Handshake check 1.1.0: reads the settings that decide whether OneDrive can sign in (0x8004de40, 0x8004de88).

It only reads. It changes no setting, needs no administrator and sends nothing: it writes its report,
handshake-report.txt, on your desktop (or in your temporary folder). You decide whom to give it to. Names of people,
computers and organisations are replaced in it; handshake-names.txt, beside it, says which, and is for you alone.
It opens connections to the Microsoft sign-in servers named below, as OneDrive does, and says nothing there.

  powershell -NoProfile -ExecutionPolicy Bypass -File handshake-check.ps1 [-Case CODE] [-NoShow] [-NoPause]

-Case     the code of your case, printed into the report; the file's own name may end in it instead
-NoShow   do not open anything at the end
-NoPause  do not wait for Enter at the end

For Windows 10, 11 and Server 2016 or newer; runs in constrained language mode too, with fewer probes.
#>
param([string]$Case = 'none', [switch]$NoShow, [switch]$NoPause)

$version = '1.1.0'
$address = ''
$reportName = 'handshake-report.txt'
$namesName = 'handshake-names.txt'
$system = "$env:SystemRoot\System32"
$curl = "$system\curl.exe"
$probeHosts = 'login.microsoftonline.com', 'device.login.microsoftonline.com',
  'enterpriseregistration.windows.net', 'oneclient.sfx.ms'
$clockUrl = 'http://www.msftconnecttest.com/connecttest.txt'
$connectSeconds = 4
$handshakeSeconds = 5
$allProbesSeconds = 40

$schannel = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL'
$settings = 'Microsoft\Windows\CurrentVersion\Internet Settings'
$suitePolicy = 'HKLM:\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002'
$suiteLocal = 'HKLM:\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002'

$full = "$($ExecutionContext.SessionState.LanguageMode)" -eq 'FullLanguage'
$is64 = $env:PROCESSOR_ARCHITECTURE -ne 'x86' -or [bool]$env:PROCESSOR_ARCHITEW6432
$started = [datetime]::UtcNow
$ProgressPreference = 'SilentlyContinue'
$lines = @()
$known = @()
$replaced = @()
$counts = @{}

# What the script itself writes for a value, and a name must not spoil.
$ownWords = '^(yes|no|ok|absent|unavailable|direct|named|proxy|client|server|installed|missing|failed|refused|timeout' +
  '|logged-on|other|FullLanguage|ConstrainedLanguage|unreadable: .*|0x[0-9a-f]+|-?[0-9]+)$'
$everyday = '^(user|admin|administrator|guest|system|test|windows|microsoft|server|client|proxy|direct|workgroup' +
  '|azuread|localhost)$'

# --- writing -----------------------------------------------------------------------------------------------------

# A chat window loses anything but single blanks and ASCII, so the report holds nothing else.
function Get-PlainText($Text) {
  ("$Text" -replace '"', '' -replace '\s+', ' ' -replace '[^\x20-\x7e]+', '?') -replace '^ | $', ''
}

function Add-Line($Text) {
  $script:lines += Get-PlainText $Text
}

function Add-Section($Name, $Words) {
  Write-Host "  $Words"
  Add-Line "[$Name]"
}

# Writes a value as it is: one of the script's own, or one whose names are hidden already.
function Add-OwnKey($Name, $Value) {
  $plain = Get-PlainText $Value
  if ($plain -eq '') { $plain = 'absent' }
  Add-Line "$Name = $plain"
}

function Add-Key($Name, $Value) {
  Add-OwnKey $Name (Hide-Names (Get-PlainText $Value))
}

function Add-Raw($Title, $Output) {
  Add-Line "begin raw: $Title"
  foreach ($line in @($Output)) {
    $plain = Get-PlainText $line
    if ($plain -match '^([^:]*: )(.+)$' -and $Title -like 'netsh*') {
      $plain = (Hide-Names $Matches[1]) + (Hide-Proxies $Matches[2])
    } else {
      $plain = Hide-Names $plain
    }
    if ($plain -ne '') { Add-Line "| $plain" }
  }
  Add-Line 'end raw'
}

# --- names -------------------------------------------------------------------------------------------------------

# The shapes of names, the name itself in a group called after its kind. Whatever stands first in a line comes first.
# Capitals are spelt out, because in Turkish a capital I is none of a small i's.
$shapes = '(?<token>(?-i:eyJ)[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*)',
  '(?<![a-zA-Z0-9._%+-])(?<mail>[a-zA-Z0-9._%+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+)',
  '(?<keep>(?<![a-zA-Z])[a-zA-Z]:\\Users\\)(?<user>[^\\/:*?<>|;,]+)',
  '(?<keep>\\\\)(?<host>[a-zA-Z0-9._-]+)',
  '(?<![a-zA-Z0-9._-])(?<domain>[a-zA-Z0-9._-]+)\\(?<user>[a-zA-Z0-9._-]+)',
  '(?<keep>(?<![a-zA-Z0-9])DC ?= ?)(?<domain>[^\s,;+/=]+)',
  '(?<![a-zA-Z0-9])(?<sid>S-1-(5-21|12-1)(-[0-9]+)+)',
  '(?<keep>(login\.microsoftonline\.com|sts\.windows\.net)/)(?<tenant>GUID)',
  '(?<![0-9a-fA-F])(?<id>GUID)(?![0-9a-fA-F])',
  '(?<![0-9.])(?!127\.)(?<ip>([0-9]{1,3}\.){3}[0-9]{1,3})(?!\.?[0-9])',
  '(?<![0-9a-zA-Z:])(?!::1(?![0-9a-fA-F:]))(?<ip>([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?=[0-9a-fA-F:]*::)[0-9a-fA-F:.]{3,45})(?![0-9a-zA-Z])'

function Add-Known($Kind, $Name) {
  if ("$Name" -replace '[^\x20-\x7e]', '' -notmatch '...' -or $Name -match $everyday) { return }
  foreach ($one in $known) { if ($one.Name -eq $Name) { return } }
  # What is not ASCII is a question mark by now, or what the tools of Windows make of it.
  $pattern = $Name -replace '[\\^$.|?*+()\[\]{}#]', '\$0' -replace '[^\x20-\x7e]+', '\S'
  $script:known += @{ Kind = $Kind; Name = $Name; Pattern = "(?<![a-zA-Z0-9])(?<$Kind>$pattern)(?![a-zA-Z0-9])" }
}

# dsregcmd knows the names of the organisation; none of these lines gets into the report.
function Find-Names {
  Add-Known 'host' $env:COMPUTERNAME
  Add-Known 'domain' $env:USERDNSDOMAIN
  Add-Known 'domain' $env:USERDOMAIN
  Add-Known 'user' $env:USERNAME
  $script:joinStatus = @(Read-Tool 'dsregcmd.exe' '/status')
  foreach ($line in $joinStatus) {
    if ("$line" -notmatch '^\s*(Device Name|TenantName|DomainName|TenantId)\s+:\s+(.*\S)') { continue }
    $kind = @{ 'Device Name' = 'host'; TenantId = 'tenant' }[$Matches[1]]
    Add-Known $(if ($kind) { $kind } else { 'domain' }) $Matches[2]
  }
  $patterns = $shapes -replace 'GUID', '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
  $whole = "$env:USERDNSDOMAIN" -replace '\.', '\.'
  if ($whole) { $patterns = @("(?<![a-zA-Z0-9.-])(?<host>[a-zA-Z0-9.-]+\.$whole)(?![a-zA-Z0-9-])") + $patterns }
  $patterns += @(foreach ($one in $known) { $one.Pattern })
  $script:search = '^(?<head>.*?)(' + ($patterns -join '|') + ')(?<tail>.*)$'
}

# The pseudonym of a name; a number is given when it is asked for the first time.
function Get-Pseudonym($Kind, $Name) {
  foreach ($one in $known) {
    if ($Name -match "^$($one.Pattern)$") {
      $Kind = $one.Kind
      if ($Name -ne $one.Name) { $Name = $one.Name }
    }
  }
  foreach ($one in $replaced) { if ($one.Name -eq $Name) { return $one.Pseudonym } }
  $script:counts[$Kind] = 1 + $counts[$Kind]
  $pseudonym = "$Kind-$($counts[$Kind])"
  $script:replaced += @{ Name = $Name; Pseudonym = $pseudonym }
  $pseudonym
}

function Hide-Names($Text) {
  $rest = "$Text"
  if ($rest -match $ownWords) { return $rest }
  $done = ''
  while ($rest -match $search) {
    $found = $Matches
    $names = foreach ($kind in 'token', 'mail', 'domain', 'user', 'host', 'sid', 'tenant', 'id', 'ip') {
      if ($found[$kind]) { Get-Pseudonym $kind $found[$kind] }
    }
    $done += $found.head + $found.keep + ($names -join '\')
    $rest = $found.tail
  }
  $done + $rest
}

function Get-HostPseudonym($Name) {
  if ($Name -match '^(localhost|127\.[0-9.]+|\[?::1\]?)$') { return $Name }
  if ($Name -match '^([0-9]{1,3}\.){3}[0-9]{1,3}$') { return Get-Pseudonym 'ip' $Name }
  if ($Name -match '^\[?([0-9a-f:.]*::?[0-9a-f:.]*)\]?$') {
    $bare = $Matches[1]
    return ($Name -replace '[0-9a-f:.]+', (Get-Pseudonym 'ip' $bare))
  }
  Get-Pseudonym 'host' $Name
}

# "proxy:8080", "http=a:80;https=b:8080", "*.example.com;<local>", "(none)"; or the script's own word.
function Hide-Proxies($Text) {
  if ($Text -match $ownWords -or $Text -match '^\(') { return $Text }
  $parts = foreach ($part in $Text -split '([;, ]+)') {
    if ($part -match '^$|^[;, <]') { $part }
    elseif ($part -match '^(([a-z0-9]+=)?([a-z]+://)?)(\[[0-9a-f:.]+\]|[^:/\[\]]+)((:[0-9]+)?/?)$') {
      $found = $Matches
      $found[1] + (Get-HostPseudonym $found[4]) + $found[5]
    } else { Get-HostPseudonym $part }
  }
  $parts -join ''
}

function Hide-Pac($Text) {
  if ($Text -match $ownWords) { return $Text }
  if ($Text -notmatch '^([a-z]+://)(\[[0-9a-f:.]+\]|[^:/?#\[\]]+)(:[0-9]+)?(/.*)?$') { return 'unreadable: not an address' }
  $found = $Matches
  $file = 'path'
  if ($found[4] -match '/(wpad\.dat|proxy\.pac)$') { $file = $Matches[1] }
  $found[1] + (Get-HostPseudonym $found[2]) + $found[3] + "/$file"
}

# --- reading -----------------------------------------------------------------------------------------------------

# Why something could not be looked at, from the error's category: its message is in the user's language.
function Get-Reason($Problem) {
  $category = "$($Problem.CategoryInfo.Category)"
  if ($category -eq 'ObjectNotFound' -or $category -eq 'InvalidArgument') { return 'absent' }
  if ($category -eq 'PermissionDenied' -or $category -eq 'SecurityError') { return 'unreadable: access denied' }
  "unreadable: $category"
}

# A DWORD comes as a signed number: 0xffffffff would be printed as -1.
function Get-Printed($Value) {
  if ($Value -is [int]) { return '0x{0:x}' -f $Value }
  @($Value) -join ','
}

function Read-Value($Path, $Name) {
  try {
    $item = Get-ItemProperty -LiteralPath $Path -Name $Name -ErrorAction Stop
    Get-Printed $item.$Name
  } catch {
    Get-Reason $_
  }
}

# PowerShell takes the slash in "AES 256/256" for a path separator and would always answer "absent".
function Read-SlashedValue($Parent, $Child, $Name) {
  $key = $Parent -replace '^HKLM:', 'HKEY_LOCAL_MACHINE'
  try {
    $found = & "$system\reg.exe" query "$key\$Child" /v $Name 2>$null
    if ($LASTEXITCODE -eq 0 -and "$found" -match 'REG_DWORD\s+(0x[0-9a-fA-F]+)') { return $Matches[1] }
    & "$system\reg.exe" query "$key\$Child" >$null 2>$null
    if ($LASTEXITCODE -eq 0) { return 'absent' }
    $siblings = & "$system\reg.exe" query $key 2>$null
    if ("$siblings" -like "*\$Child*") { return 'unreadable: access denied' }
    Read-Value $Parent $Name
  } catch {
    'unreadable: reg.exe does not start'
  }
}

function Read-Wow64($Path, $Name) {
  if (-not $is64) { return 'unavailable' }
  Read-Value $Path $Name
}

# The output of a tool of Windows; 'unavailable' where this Windows has none.
function Read-Tool($Program, $Arguments) {
  if (-not (Test-Path -LiteralPath "$system\$Program")) { return 'unavailable' }
  try { & "$system\$Program" $Arguments 2>$null } catch { "unreadable: $Program does not start" }
}

function Test-Told($Output) {
  -not (@($Output).Count -eq 1 -and "$Output" -match '^(unavailable$|unreadable: )')
}

# A tool's own lines, or in their place one line that says why there are none.
function Add-ToolRaw($Title, $Output) {
  if (Test-Told $Output) { Add-Raw $Title $Output } else { Add-Key ($Title -replace ' .*', '') "$Output" }
}

function Hide-Password($Text) {
  $Text -replace '//[^/@\s]*@', '//' -replace '(^|[=;\s])[^/@=;\s]+:[^/@=;\s]*@', '$1'
}

# --- sections ----------------------------------------------------------------------------------------------------

function Add-Report {
  Add-Line '[report]'
  Add-OwnKey 'format' 'handshake-report 1'
  Add-OwnKey 'script' "handshake-check.ps1 $version"
  Add-OwnKey 'script-sha256' (Get-Hash $PSCommandPath)
  Add-OwnKey 'case' $Case
  # The format "s" is the same in every culture; others would print a Thai or Persian year.
  Add-OwnKey 'time-utc' ('{0:s}Z' -f [datetime]::UtcNow)
}

# Elevated with the password of somebody else, the script would read that person's settings.
function Get-Account {
  $path = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData'
  $account = 'unreadable: not recorded'
  try { $sessions = @(Get-ChildItem -LiteralPath $path -ErrorAction Stop) } catch { return $account }
  foreach ($session in $sessions) {
    foreach ($name in 'LoggedOnSAMUser', 'LoggedOnUser') {
      $user = Read-Value "$path\$($session.PSChildName)" $name
      if ($user -eq "$env:USERDOMAIN\$env:USERNAME") { return 'logged-on' }
      if ($user -like '*\*') { $account = 'other' }
    }
  }
  $account
}

# Tells two reports of one PC from those of two, and tells nothing else. Only files can be hashed without .NET.
function Get-Device {
  $guid = Get-SmallHex (Read-Value 'HKLM:\SOFTWARE\Microsoft\Cryptography' 'MachineGuid')
  if ($guid -notmatch '^[0-9a-f-]{36}$') { return 'unavailable' }
  $working = "$env:TEMP\handshake-work.tmp"
  try {
    Set-Content -LiteralPath $working -Value "handshake-device:$guid" -Encoding Ascii -NoNewline -ErrorAction Stop
    if ((Get-Hash $working) -match '^[0-9a-f]{16}') { return $Matches[0] }
  } catch {
  } finally {
    Remove-Item -LiteralPath $working -ErrorAction SilentlyContinue
  }
  'unavailable'
}

# The integrity level is a number in every language; 12288 is "high", 16384 "system".
function Add-Run {
  Add-Section 'run' 'how this script runs'
  $groups = Read-Tool 'whoami.exe' '/groups'
  $elevated = 'no'
  if ("$groups" -match 'S-1-16-(12288|16384)') { $elevated = 'yes' }
  if ("$groups" -notmatch 'S-1-16-') { $elevated = 'unreadable: whoami.exe shows no level' }
  Add-OwnKey 'elevated' $elevated
  Add-OwnKey 'shell-bits' $(if ($env:PROCESSOR_ARCHITECTURE -eq 'x86') { 32 } else { 64 })
  Add-OwnKey 'os-bits' $(if ($is64) { 64 } else { 32 })
  Add-OwnKey 'language-mode' $ExecutionContext.SessionState.LanguageMode
  Add-OwnKey 'account' (Get-Account)
  Add-OwnKey 'device' (Get-Device)
  $script:pseudonymsAt = $lines.Count
  Add-OwnKey 'pseudonyms' 0
}

function Read-Nt($Current) {
  $major = Read-Value $Current 'CurrentMajorVersionNumber'
  $minor = Read-Value $Current 'CurrentMinorVersionNumber'
  if ("$major$minor" -match '^0x[0-9a-f]+0x[0-9a-f]+$') { return '{0}.{1}' -f [int]$major, [int]$minor }
  Read-Value $Current 'CurrentVersion'
}

function Add-Os {
  Add-Section 'os' 'the version of Windows'
  $current = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  Add-Key 'product' (Read-Value $current 'ProductName')
  $display = Read-Value $current 'DisplayVersion'
  if ($display -eq 'absent') { $display = Read-Value $current 'ReleaseId' }
  Add-Key 'display-version' $display
  $script:nt = Read-Nt $current
  Add-Key 'nt' $script:nt
  Add-Key 'build' (Read-Value $current 'CurrentBuildNumber')
  $revision = Read-Value $current 'UBR'
  if ($revision -like '0x*') { $revision = [int]$revision }
  Add-Key 'revision' $revision
  $type = Read-Value $current 'InstallationType'
  if ($type -like 'Server*') { $type = 'server' }
  if ($type -eq 'Client') { $type = 'client' }
  Add-Key 'type' $type
}

function Add-Schannel {
  Add-Section 'schannel' 'which versions of TLS are switched on'
  foreach ($tls in '1.0', '1.1', '1.2', '1.3') {
    $client = "$schannel\Protocols\TLS $tls\Client"
    $key = 'tls' + ($tls -replace '\.', '')
    Add-Key "$key.enabled" (Read-Value $client 'Enabled')
    Add-Key "$key.disabled-by-default" (Read-Value $client 'DisabledByDefault')
  }
  Add-Key 'ecdh.enabled' (Read-Value "$schannel\KeyExchangeAlgorithms\ECDH" 'Enabled')
  Add-Key 'aes128.enabled' (Read-SlashedValue "$schannel\Ciphers" 'AES 128/128' 'Enabled')
  Add-Key 'aes256.enabled' (Read-SlashedValue "$schannel\Ciphers" 'AES 256/256' 'Enabled')
  Add-Key 'hash.sha256.enabled' (Read-Value "$schannel\Hashes\SHA256" 'Enabled')
  Add-Key 'hash.sha384.enabled' (Read-Value "$schannel\Hashes\SHA384" 'Enabled')
  Add-Key 'hash.sha.enabled' (Read-Value "$schannel\Hashes\SHA" 'Enabled')
  Add-Key 'fips.enabled' (Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy' 'Enabled')
}

function Add-Protocols {
  Add-Section 'winhttp' 'the TLS settings of Windows services'
  $native = "HKLM:\SOFTWARE\$settings\WinHttp"
  $wow64 = "HKLM:\SOFTWARE\Wow6432Node\$settings\WinHttp"
  Add-Key 'native.default-secure-protocols' (Read-Value $native 'DefaultSecureProtocols')
  Add-Key 'wow64.default-secure-protocols' (Read-Wow64 $wow64 'DefaultSecureProtocols')
  Add-Section 'wininet' 'the TLS settings in Internet Options'
  Add-Key 'user.secure-protocols' (Read-Value "HKCU:\Software\$settings" 'SecureProtocols')
  $policies = "Software\Policies\$settings"
  Add-Key 'user-policy.secure-protocols' (Read-Value "HKCU:\$policies" 'SecureProtocols')
  Add-Key 'machine-policy.secure-protocols' (Read-Value "HKLM:\$policies" 'SecureProtocols')
}

function Add-Cmdlet($Name) {
  if (-not (Get-Command $Name -ErrorAction SilentlyContinue)) {
    Add-Key 'cmdlet' 'unavailable'
    return
  }
  try {
    $found = @(& $Name -ErrorAction Stop)
    Add-Raw $Name @(foreach ($item in $found) { if ($item.Name) { $item.Name } else { "$item" } })
  } catch {
    Add-Key 'cmdlet' ((Get-Reason $_) -replace '^absent$', 'unreadable: not found')
  }
}

function Add-Suites {
  Add-Section 'suites' 'the list of cipher suites'
  Add-Key 'policy.functions' (Read-Value $suitePolicy 'Functions')
  Add-Key 'local.functions' (Read-Value $suiteLocal 'Functions')
  Add-Cmdlet 'Get-TlsCipherSuite'
  Add-Section 'curves' 'the list of elliptic curves'
  Add-Key 'policy.curves' (Read-Value $suitePolicy 'EccCurves')
  Add-Cmdlet 'Get-TlsEccCurve'
}

function Add-DotNet {
  Add-Section 'dotnet' 'the TLS settings of .NET'
  foreach ($pair in @('v2', 'v2.0.50727'), @('v4', 'v4.0.30319')) {
    $native = "HKLM:\SOFTWARE\Microsoft\.NETFramework\$($pair[1])"
    $wow64 = "HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\$($pair[1])"
    Add-Key "$($pair[0]).native.strong-crypto" (Read-Value $native 'SchUseStrongCrypto')
    Add-Key "$($pair[0]).native.system-default" (Read-Value $native 'SystemDefaultTlsVersions')
    Add-Key "$($pair[0]).wow64.strong-crypto" (Read-Wow64 $wow64 'SchUseStrongCrypto')
    Add-Key "$($pair[0]).wow64.system-default" (Read-Wow64 $wow64 'SystemDefaultTlsVersions')
  }
}

# Both updates belong to Windows 7 to 8.1; on newer ones the question has no answer.
function Read-Update($Id) {
  if ($script:nt -eq '10.0') { return 'unavailable' }
  try {
    if (Get-HotFix -Id $Id -ErrorAction Stop) { 'installed' } else { 'missing' }
  } catch {
    (Get-Reason $_) -replace '^absent$', 'missing'
  }
}

function Add-Updates {
  Add-Section 'updates' 'two updates that older versions of Windows need'
  Add-Key 'kb3140245' (Read-Update 'KB3140245')
  Add-Key 'kb2919355' (Read-Update 'KB2919355')
}

# The value is a structure: byte 8 holds 1 for direct, and 2 on top for a named proxy.
function Read-WinHttpMode {
  try {
    $path = "HKLM:\SOFTWARE\$settings\Connections"
    $item = Get-ItemProperty -LiteralPath $path -Name 'WinHttpSettings' -ErrorAction Stop
    if ($item.WinHttpSettings[8] -band 2) { 'named' } else { 'direct' }
  } catch {
    Get-Reason $_
  }
}

function Add-Proxy {
  Add-Section 'proxy' 'the proxy settings'
  Add-Key 'winhttp.mode' (Read-WinHttpMode)
  $user = "HKCU:\Software\$settings"
  $enabled = Read-Value $user 'ProxyEnable'
  $server = Read-Value $user 'ProxyServer'
  Add-Key 'user.enabled' $enabled
  Add-OwnKey 'user.server' (Hide-Proxies (Get-PlainText (Hide-Password $server)))
  Add-OwnKey 'user.auto-config-url' (Hide-Pac (Get-PlainText (Hide-Password (Read-Value $user 'AutoConfigURL'))))
  Add-ToolRaw 'netsh winhttp show proxy' (Hide-Password (Read-Tool 'netsh.exe' @('winhttp', 'show', 'proxy')))
  if ($enabled -eq '0x1') { $script:proxy = Get-HttpsProxy $server }
}

# "proxy:8080", or a list by protocol, "http=a:80;https=b:8080". One that wants a password is left alone.
function Get-HttpsProxy($Server) {
  foreach ($part in $Server -split ';') {
    if ($part -match '^(https=)?(http://)?([A-Za-z0-9.-]+:[0-9]+)/?$') { return $Matches[3] }
  }
}

function Add-Clock {
  Add-Section 'clock' 'the clock, against the clock of a Microsoft server'
  try {
    $answer = Invoke-WebRequest -Uri $clockUrl -Method Head -UseBasicParsing -TimeoutSec 5 -ErrorAction Stop
    $now = [datetime]::UtcNow
    $server = [datetime]("$(@($answer.Headers.Date)[0])" -replace ' GMT$', '')
    Add-Key 'server-date-utc' ('{0:s}Z' -f $server)
    Add-Key 'offset-seconds' ([int]($now - $server).TotalSeconds)
  } catch {
    Add-Key 'server-date-utc' 'unreadable: no answer'
    Add-Key 'offset-seconds' 'unreadable: no answer'
  }
}

# Only lines that say how the PC is joined: the rest names people, devices and tenants.
function Add-Join {
  Add-Section 'join' 'how this PC belongs to your organisation'
  $status = $joinStatus
  $wanted = '^\s*((AzureAd|Enterprise|Domain|Workplace)Joined|AzureAdPrt)\s*:\s*(YES|NO)\s*$',
    '^\s*[A-Za-z -]+ Test\s*:\s*[A-Z]+(\s*\[[0-9a-fx/]+\])?\s*$', '^\s*\|[A-Za-z0-9 /()-]+\|\s*$'
  if (Test-Told $status) {
    $status = @(foreach ($line in $status) {
        if ($line -match $wanted[0] -or $line -match $wanted[1] -or $line -match $wanted[2]) { $line }
      })
  }
  Add-ToolRaw 'dsregcmd /status' $status
}

function Add-OneDrive {
  Add-Section 'onedrive' 'the version of OneDrive'
  $installed = Read-Value 'HKCU:\Software\Microsoft\OneDrive' 'Version'
  # It has the shape of an IP address.
  if ($installed -match '^[0-9]+(\.[0-9]+){3}$') { Add-OwnKey 'version' $installed } else { Add-Key 'version' $installed }
  $places = @('localappdata', "$env:LOCALAPPDATA\Microsoft\OneDrive\OneDrive.exe"),
    @('programfiles', "$env:ProgramFiles\Microsoft OneDrive\OneDrive.exe"),
    @('programfiles-x86', "${env:ProgramFiles(x86)}\Microsoft OneDrive\OneDrive.exe")
  foreach ($place in $places) {
    if (Test-Path -LiteralPath $place[1]) {
      Add-Key 'program' $place[0]
      return
    }
  }
  Add-Key 'program' 'absent'
}

# --- probes ------------------------------------------------------------------------------------------------------

function Test-Name($HostName) {
  if (-not (Get-Command Resolve-DnsName -ErrorAction SilentlyContinue)) { return 'unavailable' }
  try {
    $null = Resolve-DnsName -Name $HostName -QuickTimeout -ErrorAction Stop
    'ok'
  } catch {
    $reason = Get-Reason $_
    if ($reason -like '*denied') { $reason } else { 'failed' }
  }
}

function Get-InnerProblem($Problem) {
  $inner = $Problem.Exception
  while ($inner.InnerException) { $inner = $inner.InnerException }
  $inner
}

# Method calls are forbidden in constrained language mode: the next three functions run in full language only.
function Open-Tunnel($Stream, $HostName, $Port) {
  $request = [Text.Encoding]::ASCII.GetBytes("CONNECT ${HostName}:$Port HTTP/1.1`r`nHost: ${HostName}:$Port`r`n`r`n")
  $Stream.Write($request, 0, $request.Length)
  $head = ''
  while ($head -notmatch "`r`n`r`n$" -and $head.Length -lt 8192) {
    $next = $Stream.ReadByte()
    if ($next -lt 0) { break }
    $head += [string][char]$next
  }
  if ($head -match '^HTTP/1\.[01] (\d+)') { return $Matches[1] }
  'none'
}

function Invoke-Handshake($Stream, $HostName, $Result) {
  $script:trust = 'None'
  $judge = [Net.Security.RemoteCertificateValidationCallback] {
    param($source, $certificate, $chain, $problems)
    $script:trust = "$problems"
    $true
  }
  $tls = New-Object -TypeName Net.Security.SslStream -ArgumentList $Stream, $false, $judge
  try {
    $tls.AuthenticateAsClient($HostName, $null, [Security.Authentication.SslProtocols]::Tls12, $false)
    $Result.tls = 'ok'
    if ($script:trust -ne 'None') { $Result.tls = "failed: certificate not trusted ($script:trust)" }
    $Result.issuer = $tls.RemoteCertificate.Issuer
  } finally {
    $tls.Dispose()
  }
}

# Schannel's own number, where there is one: the message beside it is in the user's language.
function Add-Failure($Result, $Problem) {
  $inner = Get-InnerProblem $Problem
  $code = "$($inner.SocketErrorCode)"
  if ($Result.tcp -ne 'ok') {
    if ($code -eq 'ConnectionRefused') { $Result.tcp = 'refused' }
    if ($code -eq 'TimedOut') { $Result.tcp = 'timeout' }
    if ($code -eq 'AccessDenied') { $Result.tcp = 'unreadable: access denied' }
    return
  }
  $Result.tls = "failed: $($inner.Message)"
  if ($inner.NativeErrorCode) { $Result.tls = 'failed: 0x{0:x}' -f $inner.NativeErrorCode }
  if ($code -eq 'TimedOut') { $Result.tls = 'timeout' }
}

function Test-InFullLanguage($HostName, $Port, $Proxy) {
  $result = @{ tcp = 'failed'; tls = 'unreadable: no connection'; issuer = 'unreadable: no connection' }
  $target = $HostName, $Port
  if ($Proxy) { $target = $Proxy -split ':' }
  $client = New-Object -TypeName Net.Sockets.TcpClient
  try {
    if (-not $client.ConnectAsync($target[0], [int]$target[1]).Wait($connectSeconds * 1000)) {
      $result.tcp = 'timeout'
      return $result
    }
    $result.tcp = 'ok'
    $stream = $client.GetStream()
    $stream.ReadTimeout = $handshakeSeconds * 1000
    $stream.WriteTimeout = $handshakeSeconds * 1000
    $status = '200'
    if ($Proxy) { $status = Open-Tunnel $stream $HostName $Port }
    if ($status -eq '200') { Invoke-Handshake $stream $HostName $result }
    else { $result.tls = "failed: the proxy answered $status" }
  } catch {
    Add-Failure $result $_
  } finally {
    $client.Dispose()
  }
  $result
}

# curl.exe comes with Windows since 2018 and uses the same Schannel settings as OneDrive.
function Test-ByCurl($HostName, $Proxy) {
  $arguments = '-q', '--silent', '--show-error', '--head', '--output', 'NUL', '--ssl-no-revoke',
    '--connect-timeout', $connectSeconds, '--max-time', ($connectSeconds + $handshakeSeconds),
    '--tlsv1.2', '--tls-max', '1.2', '--write-out', '\n%{time_connect} %{time_appconnect}\n%{certs}\n'
  if ($Proxy) { $arguments += '--proxy', "http://$Proxy" }
  $printed = @(& $curl $arguments "https://$HostName/" 2>&1)
  $code = $LASTEXITCODE
  $output = "$printed"
  $result = @{ tcp = 'failed'; tls = 'unreadable: no connection'; issuer = 'unavailable' }
  $times = 0, 0
  if ($output -match '(\d+[.,]\d+) (\d+[.,]\d+)') {
    $times = foreach ($time in $Matches[1], $Matches[2]) { if ($time -match '[1-9]') { 1 } else { 0 } }
  }
  if ($code -eq 28) { $result.tcp = 'timeout' }
  if ($times[0] -eq 0) { return $result }
  $result.tcp = 'ok'
  $reason = "curl $code"
  if ($output -match '0x[0-9a-fA-F]{8}') { $reason = $Matches[0] }
  $result.tls = "failed: $reason"
  if ($code -eq 60) { $result.tls = 'failed: certificate not trusted' }
  if ($code -eq 28) { $result.tls = 'timeout' }
  if ($code -eq 0 -or $times[1] -eq 1) { $result.tls = 'ok' }
  # The first certificate in the list is the server's own; curl.exe before 7.88 shows none.
  foreach ($line in $printed) {
    if ("$line" -match '^Issuer:\s*(.+)$') { $result.issuer = $Matches[1]; break }
  }
  $result
}

# Without curl.exe a failed request proves nothing: Windows PowerShell itself may not offer TLS 1.2.
function Test-ByCmdlet($HostName) {
  $result = @{ tcp = 'failed'; tls = 'unreadable: no connection'; issuer = 'unavailable' }
  $tcp = Test-NetConnection -ComputerName $HostName -Port 443 -InformationLevel Quiet -WarningAction SilentlyContinue
  if (-not $tcp) { return $result }
  $result.tcp = 'ok'
  $result.tls = 'unreadable: no probe in constrained language mode'
  try {
    $null = Invoke-WebRequest -Uri "https://$HostName/" -Method Head -UseBasicParsing -TimeoutSec 5 -ErrorAction Stop
    $result.tls = 'ok'
  } catch {
    if ($_.Exception.Response) { $result.tls = 'ok' }
  }
  $result
}

function Test-Server($HostName, $Dns) {
  $late = ([datetime]::UtcNow - $started).TotalSeconds -gt $allProbesSeconds
  if ($late -or ($Dns -eq 'failed' -and -not $proxy)) {
    $reason = 'unreadable: ' + $(if ($late) { 'no time left' } else { 'no address' })
    return @{ tcp = $reason; tls = $reason; issuer = $reason }
  }
  try {
    if ($full) { return Test-InFullLanguage $HostName 443 $proxy }
    if (Test-Path -LiteralPath $curl) { return Test-ByCurl $HostName $proxy }
    Test-ByCmdlet $HostName
  } catch {
    $reason = Get-Reason $_
    @{ tcp = $reason; tls = $reason; issuer = $reason }
  }
}

function Add-Probes {
  Add-Section 'probe' 'whether the Microsoft servers can be reached (up to 40 seconds)'
  foreach ($name in $probeHosts) {
    Write-Host "    $name"
    $dns = Test-Name $name
    $result = Test-Server $name $dns
    Add-Key "$name.dns" $dns
    Add-Key "$name.via" $(if ($proxy) { 'proxy' } else { 'direct' })
    Add-Key "$name.tcp443" $result.tcp
    Add-Key "$name.tls12" $result.tls
    Add-Key "$name.issuer" $result.issuer
  }
}

# --- the report --------------------------------------------------------------------------------------------------

# The registry knows a desktop that was moved to OneDrive or to a server.
function Get-Folders {
  $shell = 'HKCU:\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders'
  Read-Value $shell 'Desktop'
  "$env:USERPROFILE\Desktop"
  "$env:TEMP"
}

# "-replace" does not mind the case, so this makes small letters without a method call.
function Get-SmallHex($Digits) {
  foreach ($letter in 'a', 'b', 'c', 'd', 'e', 'f') { $Digits = "$Digits" -replace $letter, $letter }
  $Digits
}

function Get-Hash($Path) {
  try {
    $hash = Get-SmallHex (Get-FileHash -LiteralPath $Path -Algorithm SHA256 -ErrorAction Stop).Hash
    if ($hash -match '^[0-9a-f]{64}$') { return $hash }
  } catch { }
  'unavailable'
}

# One that cannot be saved must not keep the report from being saved.
function Save-Names($Folder) {
  $text = @('=== HANDSHAKE NAMES 1: THIS FILE STAYS ON THIS COMPUTER ===')
  $text += foreach ($one in $replaced) { "$($one.Pseudonym) = $($one.Name)" }
  try { Set-Content -LiteralPath "$Folder\$namesName" -Value $text -Encoding UTF8 -ErrorAction Stop } catch { }
}

function Save-Report($Text) {
  foreach ($folder in Get-Folders) {
    try {
      if (-not (Test-Path -LiteralPath $folder)) { continue }
      $path = "$folder\$reportName"
      Set-Content -LiteralPath $path -Value $Text -Encoding Ascii -NoNewline -ErrorAction Stop
      $end = "=== HANDSHAKE REPORT 1 END lines=$($lines.Count) sha256=$(Get-Hash $path) ===`r`n"
      Add-Content -LiteralPath $path -Value $end -Encoding Ascii -NoNewline -ErrorAction Stop
      Save-Names $folder
      return $path
    } catch { }
  }
}

function Show-Report($Path) {
  Write-Host ''
  if (-not $Path) {
    Write-Host 'Sorry, the report could not be saved anywhere. Please select the lines below, copy them,'
    Write-Host 'and paste them into the chat:'
    foreach ($line in $lines) { Write-Host $line }
    return
  }
  Write-Host 'Done. Nothing was changed on this PC. The report is here:'
  Write-Host "  $Path"
  Write-Host 'To send it, attach this file to the chat. Or open it, select all (Ctrl+A), copy (Ctrl+C),'
  Write-Host 'and paste it into the chat (Ctrl+V).'
  if ($page) { Write-Host "Send it at $page" }
  Write-Host "The file $namesName beside it is for you alone. Please do not send it."
  if ($NoShow) { return }
  try { & "$system\notepad.exe" $Path } catch { }
}

function Wait-Enter {
  if ($NoPause) { return }
  try {
    if (-not $page -or $NoShow) { $null = Read-Host 'Press Enter to close'; return }
    $answer = Read-Host 'To open that page in your browser, type O and press Enter. To close, press Enter alone'
    if ($answer -match '^\s*o') { & "$env:SystemRoot\explorer.exe" $page }
  } catch { }
}

# --- start -------------------------------------------------------------------------------------------------------

if ($PSVersionTable.PSVersion.Major -lt 5) {
  Write-Host 'This PC has an older PowerShell. Please use the other script, handshake-check.cmd.'
  Wait-Enter
  exit 1
}
# A 32-bit shell on 64-bit Windows sees a part of the registry only: start over in the 64-bit one.
if ($env:PROCESSOR_ARCHITEW6432 -and $PSCommandPath) {
  $again = "$env:SystemRoot\Sysnative\WindowsPowerShell\v1.0\powershell.exe"
  $rest = @('-Case', $Case)
  if ($NoShow) { $rest += '-NoShow' }
  if ($NoPause) { $rest += '-NoPause' }
  & $again -NoProfile -ExecutionPolicy Bypass -File $PSCommandPath $rest
  exit $LASTEXITCODE
}
# A browser that saves a file twice puts " (1)" behind its name.
$code = '-([23456789CDFGHJKMNPQRTVWXZ]{8})( ?\([0-9]+\))?\.ps1$'
if ($Case -eq 'none' -and "$PSCommandPath" -match $code) { $Case = $Matches[1] }
if ($Case -notmatch '^[A-Za-z0-9-]{1,40}$') { $Case = 'none' }
$page = ''
if ($Case -ne 'none' -and $address -match '^https?://[][A-Za-z0-9.:/_-]+$') { $page = "$address/r/$Case" }

Write-Host 'Handshake check: this only reads, changes nothing, and takes about half a minute. Reading:'
Find-Names
Add-Line '=== HANDSHAKE REPORT 1 BEGIN ==='
Add-Report
Add-Run
Add-Os
Add-Schannel
Add-Protocols
Add-Suites
Add-DotNet
Add-Updates
Add-Proxy
Add-Clock
Add-Join
Add-OneDrive
Add-Probes
$lines[$pseudonymsAt] = "pseudonyms = $(@($replaced).Count)"
Show-Report (Save-Report (($lines -join "`r`n") + "`r`n"))
Wait-Enter

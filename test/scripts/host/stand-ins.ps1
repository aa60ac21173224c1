# The cmdlets of Windows that the script calls, answering for a machine told by a fixture. The engine outside of
# Windows has none of them. Values and errors have the shapes that Windows PowerShell 5.1 gives them.
param($Machine)
$global:StandInMachine = $Machine

function global:Get-StandInError($Message, $Category) {
  [Management.Automation.ErrorRecord]::new([Exception]::new($Message), 'StandIn', $Category, $null)
}

function global:ConvertTo-LocalPath($Path) { "$Path" -replace '\\', '/' }

# A server of the machine in place of a connection: the shapes of TcpClient, its stream and SslStream, as far as the
# script uses them, with the errors that Windows gives.
class StandInWait {
  $Server
  [bool] Wait([int]$Milliseconds) {
    if ($this.Server.tcp -eq 'refused') { throw [Net.Sockets.SocketException]::new(10061) }
    if ($this.Server.tcp -eq 'denied') { throw [Net.Sockets.SocketException]::new(10013) }
    if ($this.Server.tcp -eq 'failed') { throw [Net.Sockets.SocketException]::new(11001) }
    return $this.Server.tcp -ne 'timeout'
  }
}

class StandInStream {
  [int]$ReadTimeout
  [int]$WriteTimeout
  [Collections.Generic.Queue[int]]$Answer = [Collections.Generic.Queue[int]]::new()
  [void] Write($Bytes, $From, $Count) {
    foreach ($letter in "HTTP/1.1 200 OK`r`n`r`n".ToCharArray()) { $this.Answer.Enqueue([int]$letter) }
  }
  [int] ReadByte() { return $this.Answer.Dequeue() }
}

class StandInClient {
  $Servers
  [object] ConnectAsync($HostName, $Port) {
    $server = $this.Servers[$HostName]
    if (-not $server) { $server = @{ tcp = 'failed' } }
    return [StandInWait]@{ Server = $server }
  }
  [object] GetStream() { return [StandInStream]::new() }
  [void] Dispose() { }
}

class StandInTls {
  $Servers
  $Judge
  $RemoteCertificate
  [void] AuthenticateAsClient($HostName, $Certificates, $Protocols, $Revocation) {
    $server = $this.Servers[$HostName]
    if ($server.tls -eq 'timeout') { throw [IO.IOException]::new('x', [Net.Sockets.SocketException]::new(10060)) }
    if ($server.tls -like '0x*') { throw [IO.IOException]::new('x', [ComponentModel.Win32Exception]::new([int]$server.tls)) }
    if ($server.tls -notmatch '^(ok|untrusted)$') { throw [IO.IOException]::new($server.tls) }
    if ($server.tls -eq 'untrusted') { $null = $this.Judge.Invoke($null, $null, $null, 'RemoteCertificateChainErrors') }
    $this.RemoteCertificate = @{ Issuer = $server.issuer }
  }
  [void] Dispose() { }
}

function global:New-Object {
  param([string]$TypeName, [object[]]$ArgumentList = @())
  if ($StandInMachine.servers) {
    if ($TypeName -eq 'Net.Sockets.TcpClient') { return [StandInClient]@{ Servers = $StandInMachine.servers } }
    return [StandInTls]@{ Servers = $StandInMachine.servers; Judge = $ArgumentList[2] }
  }
  [Activator]::CreateInstance(($TypeName -as [type]), $ArgumentList)
}

function global:Write-Host($Text) { "$Text" | Out-Host }
function global:Out-Host { process { [Console]::WriteLine($_) } }
function global:Read-Host($Prompt) {
  "$Prompt" | Out-Host
  if ($null -eq $StandInMachine.answer) { throw 'nobody is there' }
  $StandInMachine.answer
}

function global:Get-ItemProperty {
  [CmdletBinding()] param([string]$LiteralPath, [string]$Name)
  foreach ($denied in $StandInMachine.denied) {
    if ($LiteralPath -like "$denied*") {
      $PSCmdlet.ThrowTerminatingError((Get-StandInError 'Zugriff verweigert' 'PermissionDenied'))
    }
  }
  $key = $StandInMachine.registry[$LiteralPath]
  # The registry provider takes every slash for a separator: such a key is never found.
  if ($null -eq $key -or $LiteralPath -match '/') { $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no path' 'ObjectNotFound')) }
  if (-not $key.ContainsKey($Name)) { $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no value' 'InvalidArgument')) }
  @{ $Name = $key[$Name] }
}

function global:Test-Path {
  param([string]$LiteralPath)
  $local = ConvertTo-LocalPath $LiteralPath
  [IO.File]::Exists($local) -or [IO.Directory]::Exists($local)
}

function global:Set-Content {
  [CmdletBinding()] param([string]$LiteralPath, [string[]]$Value, [string]$Encoding, [switch]$NoNewline)
  $local = ConvertTo-LocalPath $LiteralPath
  # As Windows PowerShell 5.1 does, UTF8 has a byte order mark.
  if ($Encoding -eq 'UTF8') { return [IO.File]::WriteAllLines($local, $Value, [Text.Encoding]::UTF8) }
  if (-not $NoNewline -or $Encoding -ne 'Ascii') { throw 'the report needs exact bytes' }
  [IO.File]::WriteAllText($local, $Value, [Text.Encoding]::ASCII)
}

function global:Remove-Item {
  [CmdletBinding()] param([string]$LiteralPath)
  [IO.File]::Delete((ConvertTo-LocalPath $LiteralPath))
}

function global:Get-ChildItem {
  [CmdletBinding()] param([string]$LiteralPath)
  foreach ($denied in $StandInMachine.denied) {
    if ($LiteralPath -like "$denied*") {
      $PSCmdlet.ThrowTerminatingError((Get-StandInError 'Zugriff verweigert' 'PermissionDenied'))
    }
  }
  $below = @($StandInMachine.registry.Keys | Where-Object { $_ -like "$LiteralPath\*" })
  if (-not $below) { $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no path' 'ObjectNotFound')) }
  foreach ($key in $below) { @{ PSChildName = $key.Substring($LiteralPath.Length + 1) } }
}

function global:Add-Content {
  [CmdletBinding()] param([string]$LiteralPath, [string]$Value, [string]$Encoding, [switch]$NoNewline)
  if (-not $NoNewline -or $Encoding -ne 'Ascii') { throw 'the report needs exact bytes' }
  [IO.File]::AppendAllText((ConvertTo-LocalPath $LiteralPath), $Value, [Text.Encoding]::ASCII)
}

function global:Get-FileHash {
  [CmdletBinding()] param([string]$LiteralPath, [string]$Algorithm)
  $bytes = [IO.File]::ReadAllBytes((ConvertTo-LocalPath $LiteralPath))
  @{ Hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes)) }
}

function global:Get-HotFix {
  [CmdletBinding()] param([string]$Id)
  if ($StandInMachine.updates -contains $Id) { return @{ HotFixID = $Id } }
  $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no update' 'ObjectNotFound'))
}

function global:Invoke-WebRequest {
  [CmdletBinding()] param([string]$Uri, [string]$Method, [switch]$UseBasicParsing, [int]$TimeoutSec)
  if ($TimeoutSec -lt 1 -or $Method -ne 'Head') { throw 'a probe needs a time limit and asks for nothing' }
  if (-not $StandInMachine.serverDate) { $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no network' 'InvalidOperation')) }
  $date = $StandInMachine.serverDate
  # "now", or so many seconds from it.
  if ($date -match '^now([+-]\d+)?$') { $date = [datetime]::UtcNow.AddSeconds([int]$Matches[1]).ToString('R') }
  @{ Headers = @{ Date = $date } }
}

function global:Test-NetConnection {
  param([string]$ComputerName, [int]$Port, [string]$InformationLevel, [string]$WarningAction)
  $StandInMachine.reachable -contains $ComputerName
}

function global:Resolve-DnsName {
  [CmdletBinding()] param([string]$Name, [switch]$QuickTimeout)
  if ($StandInMachine.resolves -contains $Name) { return @{ Name = $Name } }
  $category = if ($null -eq $StandInMachine.resolves) { 'PermissionDenied' } else { 'ResourceUnavailable' }
  $PSCmdlet.ThrowTerminatingError((Get-StandInError 'no such name' $category))
}

foreach ($name in 'Get-TlsCipherSuite', 'Get-TlsEccCurve') {
  if ($null -eq $StandInMachine.cmdlets[$name]) { continue }
  $body = [scriptblock]::Create(@"
[CmdletBinding()] param()
if (`$StandInMachine.cmdlets['$name'] -is [string]) {
  `$PSCmdlet.ThrowTerminatingError((Get-StandInError 'denied' `$StandInMachine.cmdlets['$name']))
}
foreach (`$item in `$StandInMachine.cmdlets['$name']) { if ('$name' -eq 'Get-TlsCipherSuite') { @{ Name = `$item } } else { `$item } }
"@)
  [void]$ExecutionContext.InvokeProvider.Item.Set("function:global:$name", $body)
}

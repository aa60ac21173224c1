# Starts the program in a PowerShell that is installed, where no .NET SDK is needed.
Add-Type -Path "$PSScriptRoot/Program.cs"
exit [Program]::Main($args)

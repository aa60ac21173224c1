/** The documents that the judgements rest on; docs/diagnosis.md says which sentence of each. */
export const sources = {
  tlsPolicy: 'https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy',
  dheRetired: 'https://learn.microsoft.com/azure/frontdoor/diffie-hellman-ciphers',
  tlsRegistry: 'https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings',
  winhttp: 'https://learn.microsoft.com/windows/win32/winhttp/option-flags',
  prepareTls: 'https://learn.microsoft.com/purview/prepare-tls-1.2-in-office-365',
  suites: 'https://learn.microsoft.com/windows/win32/secauthn/cipher-suites-in-schannel',
  manageTls: 'https://learn.microsoft.com/windows-server/security/tls/manage-tls',
  dsregcmd: 'https://learn.microsoft.com/entra/identity/devices/troubleshoot-device-dsregcmd',
  hybridJoin: 'https://learn.microsoft.com/entra/identity/devices/how-to-hybrid-join',
  endpoints: 'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges',
  proxy: 'https://learn.microsoft.com/windows/win32/winhttp/netsh-exe-commands',
  clock:
    'https://learn.microsoft.com/windows-server/networking/windows-time-service/windows-time-service-top',
  oneDrive:
    'https://support.microsoft.com/office/onedrive-system-requirements-cc0cb2b8-f446-445c-9b52-d3c2627d681e',
  oneDriveNotes:
    'https://support.microsoft.com/office/onedrive-release-notes-845dcf18-f921-435e-bf28-4e24b95e5fc0',
} as const;

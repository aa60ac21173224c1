import { buildReport, type Changes, systems } from '../diagnosis/report-builder.ts';

/** Something of a person or an organisation: as it stands in a text, and the parts that must not be left of it. */
export type Canary = { readonly text: string; readonly parts: readonly string[] };

const upn = 'zdenka.quirrenbach@canary-guild.example';
const guid = '7c1e55d0-93ab-4f1d-8a52-0be6d1f4a977';

export const canaries: readonly Canary[] = [
  { text: upn, parts: ['zdenka', 'quirrenbach', 'canary-guild'] },
  { text: 'C:\\Users\\zquirrenbach\\Desktop', parts: ['zquirrenbach'] },
  { text: 'CANARYGUILD\\zquirrenbach', parts: ['canaryguild', 'zquirrenbach'] },
  { text: '\\\\cnryfs07\\profiles', parts: ['cnryfs07'] },
  { text: 'cnrypc07.corp.canary-guild.example', parts: ['cnrypc07', 'canary-guild'] },
  { text: 'DESKTOP-CNRY07X', parts: ['cnry07x'] },
  { text: 'S-1-5-21-918273645-192837465-564738291-1107', parts: ['918273645', '564738291'] },
  { text: 'S-1-12-1-918273645-192837465-564738291-11071107', parts: ['918273645'] },
  { text: guid, parts: [guid] },
  {
    text: 'eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOiJ5ZXMifQ.Y25yeS1zaWduYXR1cmU',
    parts: ['eyJhbGci', 'Y25yeS1zaWdu'],
  },
  { text: '10.207.46.113', parts: ['207.46'] },
  { text: '2001:db8:c0a7::46:113', parts: ['db8:c0a7'] },
  { text: 'canaryguild-my.sharepoint.com', parts: ['canaryguild'] },
  { text: 'http://cnrygate:8080', parts: ['cnrygate'] },
];

/** The parts of canaries that a text still holds. */
export function canariesIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return [...new Set(canaries.flatMap(({ parts }) => parts))].filter((part) =>
    lower.includes(part.toLowerCase()),
  );
}

/** A report as a script of old wrote it, or one that was tampered with: canaries wherever text can stand. */
export function plantedReport(...changes: readonly Changes[]): string {
  return buildReport(systems['windows-10-22h2'], planted, ...changes);
}

const planted: Changes = {
  'report.script': 'C:\\Users\\zquirrenbach\\Downloads\\handshake-check.ps1 1.0.0',
  'os.product': 'Windows 10 Enterprise of zdenka.quirrenbach@canary-guild.example',
  'proxy.user.enabled': '0x1',
  'proxy.user.server': 'http=cnrygate:8080;https=10.207.46.113:8443',
  'proxy.user.auto-config-url': 'http://cnrypc07.corp.canary-guild.example/zquirrenbach/wpad.dat',
  'proxy.winhttp.mode': 'named',
  'proxy:netsh winhttp show proxy': [
    'Current WinHTTP proxy settings:',
    'Proxy Server(s) : cnrygate:8080',
    'Bypass List : *.corp.canary-guild.example;10.207.46.113',
  ],
  'join:dsregcmd /status': [
    '| Device State |',
    'AzureAdJoined : YES',
    'EnterpriseJoined : NO',
    'DomainJoined : YES',
    'DomainName : CANARYGUILD',
    'Device Name : cnrypc07.corp.canary-guild.example',
    `TenantId : ${guid}`,
    `DeviceId : ${guid}`,
    'Executing Account Name : CANARYGUILD\\zquirrenbach, zdenka.quirrenbach@canary-guild.example',
    '| User State |',
    'WorkplaceJoined : NO',
    '| SSO State |',
    'AzureAdPrt : YES',
    'Token : eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOiJ5ZXMifQ.Y25yeS1zaWduYXR1cmU',
  ],
  'probe.oneclient.sfx.ms.issuer': 'CN=canaryguild Gate CA, DC=corp, DC=canary-guild, DC=example',
  'probe.canaryguild-my.sharepoint.com.tls12': 'failed: 0x80090326 at 2001:db8:c0a7::46:113',
  'onedrive.program': 'localappdata of S-1-5-21-918273645-192837465-564738291-1107 on \\\\cnryfs07\\profiles',
};

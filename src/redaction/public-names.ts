/**
 * Words that are no name even where a name is expected, or that would spoil the report if they were looked for
 * everywhere: a user called `Client` must not take the Schannel key of that name along.
 */
const everydayWords: ReadonlySet<string> = new Set(
  `user users admin administrator administrators guest system test windows microsoft server client proxy direct
  workgroup azuread localhost public default local network service authority builtin nt unknown other none null
  absent unavailable unreadable yes no ok failed success pass fail true false not set enabled disabled on off
  report run os schannel winhttp wininet suites curves dotnet updates clock join onedrive probe begin end raw
  format script case time elevated shell bits mode account device product display version build revision type
  native wow64 policy functions secure protocols tls ssl cipher key exchange ecdh ecdhe dhe rsa ecdsa aes gcm cbc
  sha sha256 sha384 sha512 with null hash netsh dsregcmd status issuer dns via tcp443 refused timeout missing
  installed program localappdata programfiles offset seconds date utc state details tenant sso data diagnostic
  azureadjoined enterprisejoined domainjoined workplacejoined azureadprt name host domain computer desktop laptop
  internet settings software control current protocol enable handshake check lines app apps home documents data
  downloads com net org edu gov corp lan intern internal intra example invalid wpad mail www owner
  organization error code sign login logon group work school personal business office onedrive sharepoint teams
  explorer edge chrome firefox powershell console prompt command registry editor registered the and for from
  access denied found value values text list file files folder address port http https ftp socks logged
  curve25519 nistp256 nistp384 nistp521 fulllanguage constrainedlanguage enterprise education pro professional
  standard datacenter functions enabledefault hklm hkcu hkey`.split(/\s+/),
);

/** Says of a name that it names nobody in particular. */
export function isEverydayWord(name: string): boolean {
  return everydayWords.has(name.toLowerCase());
}

const profilesOfNobody: ReadonlySet<string> = new Set([
  'public',
  'default',
  'default user',
  'defaultuser0',
  'all users',
]);

/** The folders beside those of people. */
export function isSharedProfile(name: string): boolean {
  return profilesOfNobody.has(name.toLowerCase());
}

/** Hosts and domains that belong to Microsoft, to a certificate authority, or to the whole world. */
const publicDomains =
  `microsoft.com microsoftonline.com microsoftonline-p.com windows.com sfx.ms live.com live.net
  office.com office365.com office.net msauth.net msftauth.net msauthimages.net msocsp.com aka.ms azure.com azure.net
  msftconnecttest.com msftncsi.com passport.net digicert.com windowsupdate.com bing.com msn.com skype.com skype.net
  github.com githubusercontent.com onedrive.com sharepointonline.com microsoft365.com
  azureedge.net azurefd.net msedge.net akamaized.net globalsign.com entrust.net verisign.com`.split(/\s+/);
const publicHosts: ReadonlySet<string> = new Set([
  ...`enterpriseregistration.windows.net login.windows.net sts.windows.net graph.windows.net
  management.core.windows.net aadcdn.msauth.net oneclient.sfx.ms localhost gmail.com outlook.com hotmail.com
  yahoo.com gmx.de gmx.net web.de icloud.com google.com asp.net ado.net vb.net sharepoint.com onmicrosoft.com
  1drv.ms`.split(/\s+/),
]);

/** True for the host itself and for what lies below a public domain. */
export function isPublicHost(host: string): boolean {
  const name = host.toLowerCase();
  return (
    publicHosts.has(name) || publicDomains.some((domain) => name === domain || name.endsWith(`.${domain}`))
  );
}

/** Last parts of host names. A word with dots that ends otherwise is a key, a file or a namespace. */
const endings: ReadonlySet<string> = new Set(
  `com net org edu gov mil int info biz name local corp lan intern internal intra intranet home private test example
  invalid cloud online digital group company global email tech dev app io ai eu de at ch fr be nl lu it es pt pl cz sk
  hu ro bg gr hr si rs dk se no fi is ee lv lt ie uk ru ua by tr il ae sa in cn hk tw jp kr sg my th vn id ph au nz za
  ng ke eg ma br ar cl co mx pe us ca`.split(/\s+/),
);

/** Two letters may end a sentence's word ("z.B."), so the part before a short ending must be longer. */
export function looksLikeHost(word: string): boolean {
  const parts = word.toLowerCase().split('.');
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && endings.has(last) && (parts.at(-2) ?? '').length > 1 && !parts.includes('');
}

export function isHostEnding(word: string): boolean {
  return endings.has(word.toLowerCase());
}

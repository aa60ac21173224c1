import type { Activity, Attachment } from 'botbuilder';
import type { HostedFile } from './connector-files.ts';
import type { ConnectorState, Person } from './connector-routes.ts';
import type { ShownMessage } from './connector-threads.ts';
import { cardOf, findAction, lastOf, type ShownCard } from './shown-card.ts';
import type { BotAnswer } from './teams-connector.ts';

export type { ShownCard } from './shown-card.ts';

export type UserProfile = {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly tenantId: string;
  readonly locale: string;
};

/** A person in Teams, in their personal chat with the bot. Every action answers what the bot's server answered. */
export type TeamsUser = {
  readonly profile: UserProfile;
  readonly conversation: string;
  says(text: string): Promise<BotAnswer>;
  /** Action.Submit: a message with `value`, in reply to the card on show unless another is named. */
  presses(value: unknown, replyToId?: string): Promise<BotAnswer>;
  /** Presses the button with this title on the newest card, with what was filled in. */
  pressesButton(title: string, inputs?: Readonly<Record<string, string>>): Promise<BotAnswer>;
  /** Sends a file from OneDrive, as the paper clip does. */
  attaches(file: HostedFile): Promise<BotAnswer>;
  pastesImage(file: HostedFile): Promise<BotAnswer>;
  /** Answers a file consent card: the newest one on show. */
  acceptsFile(): Promise<BotAnswer>;
  declinesFile(): Promise<BotAnswer>;
  installs(): Promise<BotAnswer>;
  removes(): Promise<BotAnswer>;
  /** From now on the connector answers 403 ConversationBlockedByUser. */
  blocksBot(): void;
  unblocksBot(): void;
  /** Takes a message out of the chat, as an administrator may. */
  losesMessage(id: string): void;
  /** Writes in a channel, with a mention of the bot; `root` is the thread, if any. */
  mentionsIn(channel: string, text: string, root?: string): Promise<BotAnswer>;
  invokes(name: string, value: unknown): Promise<BotAnswer>;
  /** Sends any activity: what is given goes over the usual shape. */
  sends(activity: Partial<Activity>): Promise<BotAnswer>;
  /** Sends the last activity again, same id, as Teams does when no answer came in time. */
  repeats(): Promise<BotAnswer>;
  messages(): readonly ShownMessage[];
  /** The text of each message on show; cards are left out. */
  texts(): readonly string[];
  cardsShown(): readonly ShownCard[];
  lastCard(): ShownCard;
};

export type UserParts = {
  readonly state: ConnectorState;
  readonly url: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly post: (activity: unknown) => Promise<BotAnswer>;
  readonly profile: Partial<UserProfile>;
};

const consentType = 'application/vnd.microsoft.teams.card.file.consent';

export function createTeamsUser(parts: UserParts): TeamsUser {
  const profile = profileOf(parts);
  const person: Person = {
    ...profile,
    conversation: `a:${profile.id.slice(3)}`,
    installed: true,
    blocksBot: false,
  };
  parts.state.people.push(person);
  let last: Partial<Activity> | null = null;

  const sends = async (activity: Partial<Activity>): Promise<BotAnswer> => {
    last = { ...frame(parts, profile, person), ...activity };
    return parts.post(last);
  };
  const messages = () => parts.state.threads.shown(person.conversation);
  const cardsShown = () => messages().flatMap(cardOf);
  const lastCard = () => lastOf(cardsShown(), `${profile.name} sees no card`);
  const presses = (value: unknown, replyToId = lastCard().id) =>
    sends({ type: 'message', value, replyToId, channelData: channelData(profile, 'messageBack') });
  const invokes = (name: string, value: unknown) => sends({ type: 'invoke', name, value });

  return {
    profile,
    conversation: person.conversation,
    sends,
    messages,
    cardsShown,
    lastCard,
    presses,
    invokes,
    texts: () => messages().flatMap((message) => (message.activity.text ? [message.activity.text] : [])),
    says: (text) => sends({ type: 'message', text, textFormat: 'plain', attachments: [mirrorOf(text)] }),
    pressesButton(title, inputs = {}) {
      const card = lastCard();
      const action = findAction(card.content, title);
      const data = { ...(action.data ?? {}), ...inputs };
      if (action.type !== 'Action.Execute') return presses(data, card.id);
      const value = { action: { type: 'Action.Execute', verb: action.verb, data }, trigger: 'manual' };
      return sends({ type: 'invoke', name: 'adaptiveCard/action', value, replyToId: card.id });
    },
    attaches: (file) => sends({ type: 'message', attachments: [downloadInfo(parts, file)] }),
    pastesImage: (file) => sends({ type: 'message', attachments: [pastedImage(parts, file)] }),
    acceptsFile: () => invokes('fileConsent/invoke', consent(parts, messages(), 'accept')),
    declinesFile: () => invokes('fileConsent/invoke', consent(parts, messages(), 'decline')),
    async installs() {
      person.installed = true;
      await sends({
        type: 'conversationUpdate',
        membersAdded: [{ id: `28:${parts.appId}`, name: 'Handshake' }],
      });
      return sends({ type: 'installationUpdate', action: 'add' });
    },
    removes() {
      person.installed = false;
      return sends({ type: 'installationUpdate', action: 'remove' });
    },
    blocksBot() {
      person.blocksBot = true;
    },
    unblocksBot() {
      person.blocksBot = false;
    },
    losesMessage(id) {
      parts.state.threads.remove(person.conversation, id);
    },
    mentionsIn: (channel, text, root) => sends(mention(parts, profile, channel, text, root)),
    repeats() {
      if (last === null) throw new Error(`${profile.name} has done nothing yet`);
      return parts.post(last);
    },
  };
}

function profileOf(parts: UserParts): UserProfile {
  const number = String(parts.state.people.length + 1).padStart(4, '0');
  return {
    id: `29:1user-${number}`,
    name: `Person ${number}`,
    aadObjectId: `00000000-aaaa-4bbb-8ccc-00000000${number}`,
    tenantId: parts.tenantId,
    locale: 'en-US',
    ...parts.profile,
  };
}

/** What every activity from Teams carries. */
function frame(parts: UserParts, profile: UserProfile, person: Person) {
  const { id, name, aadObjectId } = profile;
  const time = new Date(parts.state.clock.now()).toISOString();
  return {
    id: parts.state.nextId(),
    channelId: 'msteams',
    serviceUrl: parts.url,
    timestamp: time as unknown as Date,
    localTimestamp: time as unknown as Date,
    localTimezone: 'Europe/Vienna',
    locale: profile.locale,
    from: { id, name, aadObjectId },
    recipient: { id: `28:${parts.appId}`, name: 'Handshake' },
    conversation: {
      id: person.conversation,
      conversationType: 'personal',
      tenantId: profile.tenantId,
    } as Activity['conversation'],
    entities: [{ type: 'clientInfo', locale: profile.locale, country: 'AT', platform: 'Windows' }],
    channelData: channelData(profile),
  };
}

function channelData(profile: UserProfile, source?: string): unknown {
  return {
    tenant: { id: profile.tenantId },
    ...(source === undefined ? {} : { source: { name: source } }),
  };
}

/** Teams mirrors every typed message in an HTML attachment. */
function mirrorOf(text: string): Attachment {
  const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { contentType: 'text/html', content: `<p>${html}</p>` };
}

function downloadInfo(parts: UserParts, file: HostedFile): Attachment {
  const downloadUrl = new URL(parts.state.files.host(file), parts.url).href;
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://contoso-my.sharepoint.com/personal/someone/Documents/${encodeURIComponent(file.name)}`,
    name: file.name,
    content: {
      downloadUrl,
      uniqueId: parts.state.nextId(),
      fileType: file.name.split('.').at(-1),
      etag: '"{1},1"',
    },
  };
}

function pastedImage(parts: UserParts, file: HostedFile): Attachment {
  const id = parts.state.files.host(file).split('/')[2];
  return { contentType: 'image/*', contentUrl: `${parts.url}v3/attachments/${id}/views/original` };
}

function consent(parts: UserParts, messages: readonly ShownMessage[], action: 'accept' | 'decline'): unknown {
  const cards = messages.flatMap((message) =>
    (message.activity.attachments ?? []).filter((attachment) => attachment.contentType === consentType),
  );
  const card = lastOf(cards, 'there is no file consent card');
  const context = action === 'accept' ? card.content.acceptContext : card.content.declineContext;
  if (action === 'decline') return { type: 'fileUpload', action, context };
  const upload = parts.state.files.openUpload();
  const uploadInfo = {
    contentUrl: `https://contoso-my.sharepoint.com/personal/someone/Documents/${card.name}`,
    name: card.name,
    uploadUrl: new URL(upload.path, parts.url).href,
    uniqueId: upload.id,
    fileType: card.name?.split('.').at(-1),
  };
  return { type: 'fileUpload', action, context, uploadInfo };
}

function mention(parts: UserParts, profile: UserProfile, channel: string, text: string, root?: string) {
  const mentioned = { id: `28:${parts.appId}`, name: 'Handshake' };
  const thread = root ?? parts.state.nextId();
  return {
    type: 'message',
    text: `<at>Handshake</at> ${text}`,
    entities: [{ type: 'mention', mentioned, text: '<at>Handshake</at>' }],
    conversation: {
      id: `${channel};messageid=${thread}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: profile.tenantId,
    } as Activity['conversation'],
    channelData: {
      tenant: { id: profile.tenantId },
      channel: { id: channel },
      team: { id: channel },
      teamsChannelId: channel,
      teamsTeamId: channel,
    },
  };
}

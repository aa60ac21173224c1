import { z } from 'zod';
import type { PeerTicket } from './connector-peer.ts';
import type { RequestTrackerServer } from './request-tracker-server.ts';

/** What an agent does in Request Tracker, and sees there; through the same API, as somebody else. */
export type RequestTrackerAgent = {
  tickets(): Promise<readonly PeerTicket[]>;
  /** How many tickets the program itself counts. */
  total(): Promise<number>;
  correspond(id: string, text: string, contentType?: string): Promise<void>;
  comment(id: string, text: string): Promise<void>;
  change(id: string, values: Readonly<Record<string, string>>): Promise<void>;
};

const list = z.object({ items: z.array(z.object({ id: z.string() }).loose()) });
const message = z.object({
  id: z.string(),
  TransactionId: z.string(),
  ContentType: z.string().nullish(),
  Filename: z.string().nullish(),
});
type Message = z.infer<typeof message>;

export function createAgent({ url, tokens }: RequestTrackerServer): RequestTrackerAgent {
  async function ask<T>(method: string, path: string, shape: z.ZodType<T>, body?: unknown): Promise<T> {
    const headers = { authorization: `token ${tokens.grace}`, 'content-type': 'application/json' };
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/REST/2.0${path}`, { method, headers, ...given });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return shape.parse(JSON.parse(text));
  }

  const contentOf = async (id: string) => {
    const { Content } = await ask('GET', `/attachment/${id}`, z.object({ Content: z.string().nullish() }));
    return Buffer.from(Content ?? '', 'base64');
  };

  async function show(id: string): Promise<PeerTicket> {
    const shown = await ask('GET', `/ticket/${id}`, z.object({ Subject: z.string(), Status: z.string() }));
    const entries = await ask(
      'GET',
      `/ticket/${id}/history?fields=Type&per_page=100&orderby=id`,
      z.object({ items: z.array(z.object({ id: z.string(), Type: z.string() })) }),
    );
    const messages = await ask(
      'GET',
      `/ticket/${id}/attachments?fields=TransactionId,ContentType,Filename&per_page=100&orderby=id`,
      z.object({ items: z.array(message) }),
    );
    const wordsOf = async (type: string) => {
      const of = entries.items.filter(({ Type }) => Type === type).map((entry) => entry.id);
      const said = messages.items.filter((one) => of.includes(one.TransactionId) && isWords(one));
      return Promise.all(said.map(async (one) => (await contentOf(one.id)).toString('utf8')));
    };
    const files = messages.items.filter(({ Filename }) => Filename);
    return {
      id,
      title: shown.Subject,
      description: (await wordsOf('Create')).join('\n'),
      stage: stageOf(shown.Status),
      comments: await wordsOf('Correspond'),
      files: await Promise.all(
        files.map(async (file) => ({ name: file.Filename ?? '', content: await contentOf(file.id) })),
      ),
    };
  }

  return {
    async tickets() {
      const { items } = await ask('GET', '/tickets?query=id>0&per_page=100', list);
      return Promise.all(items.map(({ id }) => show(id)));
    },
    async total() {
      const counted = z.object({ total: z.number() });
      return (await ask('GET', '/tickets?query=id>0&per_page=1', counted)).total;
    },
    async correspond(id, text, contentType = 'text/plain') {
      const body = { Content: text, ContentType: contentType };
      await ask('POST', `/ticket/${id}/correspond`, z.unknown(), body);
    },
    async comment(id, text) {
      await ask('POST', `/ticket/${id}/comment`, z.unknown(), { Content: text, ContentType: 'text/plain' });
    },
    async change(id, values) {
      await ask('PUT', `/ticket/${id}`, z.unknown(), values);
    },
  };
}

function isWords({ ContentType, Filename }: Message): boolean {
  return ContentType?.startsWith('text/') === true && !Filename;
}

function stageOf(status: string): PeerTicket['stage'] {
  if (status === 'stalled') return 'waiting';
  return status === 'new' || status === 'open' ? 'open' : 'done';
}

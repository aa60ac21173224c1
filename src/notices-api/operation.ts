import { z } from 'zod';
import type { ImpactClass, Notice, NoticeRole, NoticeText } from '../domain/notice.ts';
import { faultsOf } from '../notices/draft-form.ts';
import type { NoticeDesk } from '../notices/notice-desk.ts';
import type { Problem } from './problem.ts';
import type { Caller } from './token.ts';

export type ApiParts = {
  readonly desk: NoticeDesk;
  /** The text as people of this class and language get it; null where they get none. */
  readonly preview: (
    notice: Notice,
    reader: { readonly impact: ImpactClass; readonly language: string },
  ) => Promise<NoticeText | null>;
  /** Why somebody got nothing, in words, for the CSV file. */
  readonly sayReason: (reason: string) => string;
};

export type Answer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Long, so it is written while it is read. */
  | {
      readonly kind: 'lines';
      readonly type: string;
      readonly fileName: string;
      readonly lines: AsyncIterable<string>;
    }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A request whose caller is known; body and query are as they came. */
export type RawCall = {
  readonly caller: Caller;
  readonly id: string;
  readonly body: unknown;
  readonly query: Readonly<Record<string, string>>;
  /** From If-Match; null takes the notice as it is. */
  readonly version: number | null;
};

export type Call<Body, Query> = Omit<RawCall, 'body' | 'query'> & {
  readonly body: Body;
  readonly query: Query;
};

type Described = {
  readonly id: string;
  readonly method: 'get' | 'post' | 'put';
  /** `{id}` stands for the id of a notice. */
  readonly path: string;
  readonly summary: string;
  /** One of these is needed. */
  readonly roles: readonly NoticeRole[];
  /** It needs If-Match with the version that the caller saw. */
  readonly ifMatch?: true;
  /** It takes an Idempotency-Key. */
  readonly idempotent?: true;
  readonly answers: { readonly status: 200 | 201; readonly schema: z.ZodType; readonly csv?: true };
  /** Statuses of the problems that it has of its own. */
  readonly problems: readonly number[];
};

export type Operation = Described & {
  readonly body: z.ZodType | null;
  readonly query: z.ZodObject | null;
  readonly run: (parts: ApiParts, call: RawCall) => Promise<Answer>;
};

/** An operation whose body and query are read before it runs. */
export function operation<Body = null, Query = Record<string, never>>(
  given: Described & {
    readonly body?: z.ZodType<Body>;
    readonly query?: z.ZodObject & z.ZodType<Query>;
    readonly run: (parts: ApiParts, call: Call<Body, Query>) => Promise<Answer>;
  },
): Operation {
  const { body: bodyForm, query: queryForm, run, ...described } = given;
  return {
    ...described,
    body: bodyForm ?? null,
    query: queryForm ?? null,
    async run(parts, call) {
      const body = (bodyForm ?? z.any()).safeParse(call.body);
      if (!body.success) return unusable('body-unusable', body.error);
      const query = (queryForm ?? z.strictObject({})).safeParse(call.query);
      if (!query.success) return unusable('query-unusable', query.error);
      return run(parts, { ...call, body: body.data as Body, query: query.data as Query });
    },
  };
}

function unusable(code: string, error: z.ZodError): Answer {
  const detail = 'Parts of it are not as expected; each is named in "faults".';
  return { kind: 'problem', problem: { status: 400, code, detail, faults: faultsOf(error).slice(0, 50) } };
}

import type { Activity } from 'botbuilder';

/** A message as a person sees it in Teams: edits applied, deleted ones gone. */
export type ShownMessage = {
  readonly id: string;
  readonly conversation: string;
  readonly activity: Partial<Activity>;
  /** How often the bot edited it. */
  readonly edits: number;
};

export type Threads = {
  /** Adds what the bot said; answers the id that Teams gives back, or null where Teams gives none. */
  post(conversation: string, activity: Partial<Activity>): string | null;
  /** Adds the first message of a channel's thread; answers its id, which names the thread. */
  openThread(channel: string, activity: Partial<Activity>): string;
  /** False when there is no such message. */
  update(conversation: string, id: string, activity: Partial<Activity>): boolean;
  remove(conversation: string, id: string): boolean;
  /** What is on show, in order; a channel's id shows all its threads. */
  shown(conversation: string): readonly ShownMessage[];
};

export function createThreads(nextId: () => string): Threads {
  const messages: ShownMessage[] = [];
  const indexOf = (conversation: string, id: string) =>
    messages.findIndex(
      (message) => message.id === id && baseOf(message.conversation) === baseOf(conversation),
    );

  const add = (conversation: string, activity: Partial<Activity>, id = nextId()): string => {
    messages.push({ id, conversation, activity: { ...activity, id }, edits: 0 });
    return id;
  };

  return {
    post(conversation, activity) {
      if (activity.type !== 'message') return null;
      if (!activity.text || !activity.attachments?.length) return add(conversation, activity);
      // Teams splits text and cards of one activity into two messages and gives no id back.
      add(conversation, { ...activity, attachments: [] });
      add(conversation, { ...activity, text: '' });
      return null;
    },
    openThread(channel, activity) {
      const root = nextId();
      return add(`${channel};messageid=${root}`, activity, root);
    },
    update(conversation, id, activity) {
      const index = indexOf(conversation, id);
      const before = messages[index];
      if (before === undefined) return false;
      messages[index] = { ...before, activity: { ...activity, id }, edits: before.edits + 1 };
      return true;
    },
    remove(conversation, id) {
      const index = indexOf(conversation, id);
      if (index < 0) return false;
      messages.splice(index, 1);
      return true;
    },
    shown: (conversation) =>
      messages.filter(
        (message) =>
          message.conversation === conversation ||
          (!conversation.includes(';') && baseOf(message.conversation) === conversation),
      ),
  };
}

/** `19:…@thread.tacv2;messageid=1` is a thread in the channel `19:…@thread.tacv2`. */
export function baseOf(conversation: string): string {
  return conversation.split(';')[0] ?? conversation;
}

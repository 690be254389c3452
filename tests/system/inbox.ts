import type { Caller } from './api.ts'

type Reminder = { id: string; rule: string; rung: string; readAt: string | null }

/** The first reminders of somebody's inbox. */
export const inboxOf = async (caller: Caller): Promise<Reminder[]> =>
  (await caller.ask('{ me { inbox(first: 20) { totalCount nodes { id rule dueOn rung readAt } } } }')).me.inbox.nodes

/** @returns how many of them are newly read */
export const markRead = async (caller: Caller, reminders: readonly { id: string }[]): Promise<number> => {
  const { markRemindersRead } = await caller.ask(
    'mutation ($input: MarkRemindersReadInput!) { markRemindersRead(input: $input) { marked } }',
    { input: { ids: reminders.map(({ id }) => id) } },
  )
  return markRemindersRead.marked
}

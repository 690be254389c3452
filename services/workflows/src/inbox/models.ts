export type { Reminder } from './store.ts'
/** Who asks, by the account's id. */
export type Me = { id: string }

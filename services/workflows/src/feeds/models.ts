export type { Feed as CalendarFeed } from './feed.ts'

export type { NoticeRow as PublicNotice, ObjectionRow as Objection } from './store.ts'

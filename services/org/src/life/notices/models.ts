export type { MeetingNotice } from './notice.ts'

export type { MeetingMakeUp, MeetingRemark, MeetingStream } from './live.ts'

import { room } from '../../work.ts'
import { hearMeetings } from './hear-meetings.ts'

/** What meetings have decided on spending dues. */
export const resolutions = room({ reactions: { meetings: [hearMeetings] } })

import { room } from '../../work.ts'
import { table } from './errors.ts'
import { meetingById } from './read-meetings.ts'
import { meetingResolvers } from './resolvers.ts'

/** Meetings as evidence (会议台账): closed ones are immutable, corrections are new versions. */
export const meetings = room({ errors: table, nodes: { Meeting: meetingById }, resolvers: meetingResolvers })

import { room } from '../work.ts'
import { inboxResolvers } from './resolvers.ts'

/** Reminders to offices, with everybody's own read marks. */
export const inbox = room({ resolvers: inboxResolvers })

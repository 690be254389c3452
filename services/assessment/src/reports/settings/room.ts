import { room } from '../../work.ts'
import { table } from './errors.ts'
import { reportSettingsResolvers } from './resolvers.ts'

/** Whether a county has monthly reports made, and who does without one. */
export const reportSettings = room({ errors: table, resolvers: reportSettingsResolvers })

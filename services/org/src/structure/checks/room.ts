import { room } from '../../work.ts'
import { table } from './errors.ts'
import { checkResolvers } from './resolvers.ts'

/** What is wrong with how organisations are set up (组织设置检查), and how often below a superior. */
export const checks = room({ errors: table, resolvers: checkResolvers })

import { room } from '../../work.ts'
import { table } from './errors.ts'
import { signInResolvers } from './resolvers.ts'

/** Personal codes (专属二维码): an offer beside the branch's list, and how one signed in is forgotten with the closing. */
export const signIn = room({ errors: table, resolvers: signInResolvers })

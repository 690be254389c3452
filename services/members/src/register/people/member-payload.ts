import type { Context } from '../../work.ts'
import { memberById } from './read-members.ts'

// What the resolvers that change a person share, in this room and in those above it.

export const memberPayload = async (context: Context, id: string) => ({ member: await context.load(memberById, id) })

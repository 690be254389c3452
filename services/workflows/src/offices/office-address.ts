import { toId } from '@linghang/subgraph'
import type { Context } from '../work.ts'
import { mayEnter, nameOfOffice } from './read-offices.ts'

/** An office, its organisation where the actor may enter it, and in any case what that one is called. */
export const addressOf = async (context: Context, role: string, orgId: string) => ({
  role,
  organisation: (await context.load(mayEnter, orgId)) ? { id: toId('Organisation', orgId) } : null,
  organisationName: () => context.load(nameOfOffice, orgId),
})

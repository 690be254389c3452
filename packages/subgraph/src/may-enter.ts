import type { Work } from '@linghang/access'
import { one } from './request-context.ts'

/** Organisations that an answer may point to: those that the actor sees, and their own. */
export const mayEnter = one(async ({ actor, supervision }: Work, orgIds) => {
  const seen = await supervision.seen(orgIds)
  return new Map(orgIds.filter(id => seen.has(id) || id === actor.memberOrgId).map(id => [id, true] as const))
})

import { writeGrants, writesWholeCounty } from '@linghang/access'
import { lineStore } from '../../sheets/lines/store.ts'
import type { SheetRow } from '../../sheets/reading/sheet-row.ts'
import type { Work } from '../../work.ts'
import type { Appeal } from './appeal.ts'
import { fail } from './errors.ts'

type Subject = Pick<SheetRow, 'subjectType' | 'subjectId' | 'orgId'>

/** Above which organisation another stands; null: nothing of the county is. */
export const superiorOf = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, orgId: string): Promise<string | null> =>
  (await lineStore.superiors(tx, actor.countyId, [orgId])).get(orgId) ?? null

/** Whether it is the actor’s own: their sheet, or that of an organisation whose office they hold. */
const isOwn = ({ actor }: Pick<Work, 'actor'>, { subjectType, subjectId }: Subject): boolean =>
  subjectType === 'MEMBER' ? subjectId === actor.memberId : writeGrants(actor).includes(subjectId)

/** By whom it concerns, and by nobody in their name. @throws DomainError APPEAL_NOT_YOURS */
export function requireConcerned(work: Pick<Work, 'actor'>, subject: Subject): void {
  if (work.actor.kind !== 'PERSON' || !isOwn(work, subject)) fail('APPEAL_NOT_YOURS')
}

/**
 * Whose office answers: of a person the branch's, unless they hold it themselves; of an organisation the one above. Where that
 * one has answered of the very same already, the next above. @throws DomainError APPEAL_ANSWERED_FINALLY
 */
export async function decidingOffice(
  work: Pick<Work, 'tx' | 'actor'>,
  { subjectType, orgId }: Subject,
  { answeredBy, lineKey }: { answeredBy: string | null; lineKey: string },
): Promise<string> {
  if (answeredBy !== null)
    return (await superiorOf(work, answeredBy)) ?? fail('APPEAL_ANSWERED_FINALLY', { line: lineKey })
  const ownOffice = subjectType === 'MEMBER' && !writeGrants(work.actor).includes(orgId)
  return ownOffice ? orgId : ((await superiorOf(work, orgId)) ?? orgId)
}

/**
 * By whoever holds an office where it lies, not by whom it concerns and by no app; by those above only once nobody there has
 * answered by the day. @throws DomainError APPEAL_NOT_YOURS_TO_DECIDE
 */
export async function requireDecides(work: Work, appeal: Appeal): Promise<void> {
  const { actor, today, supervision } = work
  const { decidingOrgId, answerBy } = appeal
  if (actor.kind !== 'PERSON' || isOwn(work, appeal)) fail('APPEAL_NOT_YOURS_TO_DECIDE')
  if (writeGrants(actor).includes(decidingOrgId)) return
  const isHighest = (await superiorOf(work, decidingOrgId)) === null
  if (isHighest && writesWholeCounty(actor)) return
  const kept = await supervision.kept([decidingOrgId])
  if (answerBy < today && kept.has(decidingOrgId)) return
  fail('APPEAL_NOT_YOURS_TO_DECIDE')
}

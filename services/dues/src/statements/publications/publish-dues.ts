import { createHash } from 'node:crypto'
import { recordAudit, whenTaken } from '@linghang/access'
import { publish } from '@linghang/events'
import { isBranch } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { closedYearOf } from '../books/read-year.ts'
import { frozen } from '../books/year-statement.ts'
import { fail } from './errors.ts'
import { mostNamed, type PaidByMember, type Publication, type PublishedContent } from './publication.ts'
import { policyOn } from './read-publications.ts'
import { publicationStore } from './store.ts'

const longestRemarks = 1_000

export type PublishDues = {
  orgId: string
  year: number
  remarks: string | null
  /** The edition that this one corrects; null for the first. */
  correction: { replaces: string; reason: string } | null
}

/** The edition after those that are there. @throws DomainError DUES_PUBLISHED_ALREADY, PUBLICATION_NOT_LATEST, NOT_FOUND */
async function nextEdition(work: Work, { orgId, year, correction }: PublishDues) {
  const latest = await publicationStore.latestOf(work.tx, work.actor.countyId, orgId, year)
  if (correction === null) {
    if (latest !== null) fail('DUES_PUBLISHED_ALREADY', { year, edition: latest.edition })
    return { edition: 1, replaces: null, reason: null }
  }
  const { replaces } = correction
  if (latest === null) return fail('NOT_FOUND', { what: `DuesPublication:${replaces}` })
  if (latest.id !== replaces) fail('PUBLICATION_NOT_LATEST', { year, edition: latest.edition })
  return { edition: latest.edition + 1, replaces, reason: requireReason(correction.reason) }
}

/**
 * What each member paid, where the county has decided that it is told, and only by the branch to which they belong: a
 * committee above publishes to other branches too.
 * @throws DomainError PUBLICATION_TOO_MANY_MEMBERS
 */
async function membersOf(work: Work, orgId: string, kind: string, year: number): Promise<PaidByMember[] | null> {
  const { tx, actor, today } = work
  if (!isBranch(kind) || !(await policyOn(work, today)).namesMembers) return null
  const paid = await publicationStore.paidByMembers(tx, { countyId: actor.countyId, orgId, year, most: mostNamed + 1 })
  return paid.length > mostNamed ? fail('PUBLICATION_TOO_MANY_MEMBERS', { limit: mostNamed }) : paid
}

/**
 * Publishes a year's dues to the members (党费规定 2008, art. 26): totals and uses from the books of a year that is closed,
 * frozen as they are then, by whoever keeps those books. Once for each organisation and year; what was wrong is a new edition
 * that names the one before.
 * @returns the publication's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, NO_DUES_ACCOUNT_TO_TELL_OF, DUES_YEAR_NOT_CLOSED, DUES_PUBLISHED_ALREADY,
 *   PUBLICATION_NOT_LATEST, PUBLICATION_TOO_MANY_MEMBERS
 */
export const publishDues = useCase(
  'publishDues',
  async (work, input: PublishDues): Promise<string> => {
    const { tx, actor, now, today } = work
    const { orgId, year } = input
    const { orgName, kind, statement } = await closedYearOf(work, orgId, year)
    const edition = await nextEdition(work, input)
    const told: PublishedContent = { ...statement, members: await membersOf(work, orgId, kind, year) }
    const content = frozen(told)
    const publication: Publication = {
      ...{ id: work.newId(), orgId, year, orgName, ...edition, content },
      contentHash: createHash('sha256').update(content).digest(),
      remarks: input.remarks === null ? null : requireReason(input.remarks, 'remarks', longestRemarks),
      ...{ publishedOn: today, publishedAt: now, publishedBy: actor.accountId },
    }
    const { id, contentHash } = publication
    await publicationStore
      .insert(tx, actor.countyId, publication)
      .catch(whenTaken(() => fail('DUES_PUBLISHED_ALREADY', { year, edition: edition.edition })))
    await recordAudit(work, [
      {
        orgId,
        action: 'dues-publication.published',
        subjectType: 'DuesPublication',
        subjectId: id,
        afterHash: contentHash,
      },
    ])
    await publish(work, [
      {
        ...{ type: 'dues.publication.published.v1', orgId, subject: orgId },
        data: { id, orgId, year, on: today, version: edition.edition },
      },
    ])
    return id
  },
  { rights: 'COUNTY' },
)

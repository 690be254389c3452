import { recordAudit, recordHash } from '@linghang/access'
import { publish } from '@linghang/events'
import { heardOn as hearsOn, minuteOfDay } from '@linghang/rulebook'
import { factStore } from '../../facts/journal/store.ts'
import { useCase } from '../../work.ts'
import { reviewDay } from '../draws/draw.ts'
import { drawStore } from '../draws/store.ts'
import { tellDraw } from '../draws/tell-draw.ts'
import { fail } from './errors.ts'
import { holdReview } from './hold-review.ts'
import { type Published, sumOf } from './review.ts'
import { reviewStore } from './store.ts'

/** A review as the fact that it is of its branch: of the quarter that was judged. */
const tellingOf = ({ reviewId, version, orgId, quarter, list, points }: Published, today: string) => ({
  toldAs: 'assessment.review.published',
  source: { type: 'LedgerReview', id: reviewId, version },
  orgId,
  facts: [
    {
      ...({ subjectType: 'ORGANISATION', subjectId: orgId, orgId, kind: 'LEDGER_REVIEW' } as const),
      ...{ day: reviewDay(quarter, today), quantity: points, attributes: { list } },
    },
  ],
})

/**
 * Publishes what two people agree on: the branch reads it, and it is a fact from then on, which its scores follow.
 * Facts are the county's to write, so it is done with the county's rights, and who may do it is judged here.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, REVIEW_OF_OWN_BRANCH, REVIEW_STATE
 */
export const publishLedgerReview = useCase(
  'publishLedgerReview',
  async (work, input: { id: string }): Promise<string> => {
    const { tx, actor, now, today } = work
    const { review, accountId } = await holdReview(work, input.id, 'publish')
    const { id, branchId, orgId, drawId, version, scores, points, remark, correction } = review
    // Held, or of the last two that are published at once each would count the other as waiting.
    const draw = (await drawStore.lock(tx, actor.countyId, drawId)) ?? fail('NOT_FOUND', { what: drawId })
    const { quarter, items } = draw
    const places = await drawStore.branches(tx, [drawId])
    const list = places.find(place => place.branchId === branchId)?.list ?? 'WHITE'
    const published: Published = {
      ...{ reviewId: id, version, orgId: branchId, committeeId: orgId, drawId, quarter, list, scores, points },
      ...{ most: sumOf(items.map(({ most }) => most)), remark, correction, publishedAt: now },
    }
    await reviewStore.publish(tx, actor.countyId, published)
    await reviewStore.update(tx, { ...review, state: 'PUBLISHED', publishedBy: accountId, publishedAt: now })
    await tellDraw(work, draw, await reviewStore.waiting(tx, drawId))
    const heardOn = hearsOn(today, minuteOfDay(now))
    const data = { id, orgId: branchId, committeeId: orgId, drawId, quarter, heardOn, version }
    await publish(work, [{ type: 'assessment.review.published.v1', orgId: branchId, subject: id, data }])
    await factStore.write(tx, actor.countyId, [tellingOf(published, today)])
    const afterHash = recordHash({ version, scores, points, remark })
    const about = { subjectType: 'LedgerReview', subjectId: id, afterHash }
    await recordAudit(work, [{ orgId: branchId, action: 'ledger-review.published', ...about }])
    return id
  },
  { rights: 'COUNTY' },
)

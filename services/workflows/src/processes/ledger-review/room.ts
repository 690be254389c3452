import { caseLadders, ledgerReviewCitation } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** What an inspection of a branch's ledger has found is there to be read: its secretary hears of it once, and of each correction. */
export const ledgerReview = process({
  kind: 'LEDGER_REVIEW',
  purpose: 'ledger-reviews',
  watches: ['assessment.review.published.v1'],
  watched: ({ id, orgId, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: true },
  }),
  datesOf: ({ orgId, heardOn }) => [
    {
      ...({ rule: 'LEDGER_REVIEW_PUBLISHED', dueOn: heardOn, nature: 'EARLIEST', ...ledgerReviewCitation } as const),
      office: { role: 'SECRETARY', orgId },
    },
  ],
  ladder: () => caseLadders.LEDGER_REVIEW_PUBLISHED,
  comesBack: false,
  title: { LEDGER_REVIEW_PUBLISHED: '台账抽查评定' },
})

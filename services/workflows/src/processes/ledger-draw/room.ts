import { caseLadders, ledgerReviewCitation } from '@linghang/rulebook'
import { process } from '../../time/watch/process.ts'

/** A committee's draw of ledgers, until all that was drawn is judged and published: by the day that it has announced. */
export const ledgerDraw = process({
  kind: 'LEDGER_DRAW',
  purpose: 'ledger-draws',
  watches: ['assessment.draw.changed.v1'],
  watched: ({ id, orgId, open, version }) => ({
    ...{ id, orgId, version, subjectId: orgId, subjectType: 'ORGANISATION', isOpen: open },
  }),
  datesOf: ({ orgId, dueOn }) => [
    {
      ...({ rule: 'LEDGER_REVIEWS', dueOn, nature: 'LATEST', ...ledgerReviewCitation } as const),
      office: { role: 'SECRETARY', orgId },
    },
  ],
  ladder: () => caseLadders.LEDGER_REVIEWS,
  comesBack: true,
  title: { LEDGER_REVIEWS: '台账抽查' },
})

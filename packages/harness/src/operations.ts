import type { Operations as Api } from './generated/api.ts'
import type { Operations as Assessment } from './generated/assessment.ts'
import type { Operations as Dues } from './generated/dues.ts'
import type { Operations as Members } from './generated/members.ts'
import type { Operations as Org } from './generated/org.ts'
import type { Operations as Workflows } from './generated/workflows.ts'

/** The documents of the tests by whom they may be asked: each service by its own contract, the gateway by the API. */
export type Operations = {
  assessment: Assessment
  dues: Dues
  members: Members
  org: Org
  workflows: Workflows
  gateway: Api
}

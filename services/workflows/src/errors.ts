import { defineErrors } from '@linghang/subgraph/errors'

/** Everything that the workflows service refuses beside what all services do: nothing of its own yet. */
export const { fail, codes } = defineErrors({})

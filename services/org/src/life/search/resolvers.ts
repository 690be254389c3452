import { connection } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { meetingsFound, meetingsFoundCount } from './find-meetings.ts'
import { wantedText } from './found.ts'

export const searchResolvers: Resolvers = {
  Organisation: {
    meetingsFound: ({ id }, args, context) => {
      const text = wantedText(args.text)
      return connection(context, args, {
        of: ['Organisation.meetingsFound', id, text],
        read: stretch => context.load(meetingsFound, id, text, stretch),
        count: () => context.load(meetingsFoundCount, id, text),
        place: row => [row.heldOn, row.id],
      })
    },
  },
}

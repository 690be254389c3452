import type { Links } from '@linghang/papers/links'
import { paperRuleOf } from '@linghang/rulebook'
import { fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { electionById } from '../process/read-elections.ts'
import { linkPaper, linkPapers } from './open-papers.ts'
import { papersOfElections } from './read-papers.ts'
import { writeElectionPaper } from './write-paper.ts'

const electionIdOf = (input: { electionId: string }) => fromId('Election', input.electionId, 'electionId')

export const paperResolvers = (links: Links): Resolvers => ({
  Query: {
    electionPaperLink: (_, args, context) => linkPaper(context, links, electionIdOf(args), args.paper),
    electionPapersLink: (_, args, context) => linkPapers(context, links, electionIdOf(args)),
  },
  Election: { papers: ({ id }, _, context) => context.load(papersOfElections, id) },
  ElectionPaper: {
    paper: ({ name }) => name,
    number: ({ n }) => n,
    draftedBy: ({ name }) => paperRuleOf(name).draftedBy,
    signedBy: ({ name }) => [...paperRuleOf(name).signedBy],
    sealOf: ({ name }) => paperRuleOf(name).sealOf,
    goesTo: ({ name }) => [...paperRuleOf(name).goesTo],
    ownTexts: ({ own }) => [...own],
  },
  ElectionPaperText: {
    memberId: ({ memberId }) => memberId && toId('Member', memberId),
    member: ({ memberId }) => (memberId ? ref('Member', memberId) : null),
    paragraphs: ({ paragraphs }) => [...paragraphs],
  },
  Mutation: {
    writeElectionPaper: async (_, { input }, context) => {
      const { idempotencyKey, paper, paragraphs } = input
      const memberId = optionalId('Member', input.memberId, 'memberId')
      const wanted = { electionId: electionIdOf(input), paper, memberId, paragraphs }
      const id = await context.run(writeElectionPaper, wanted, idempotencyKey)
      return { election: await context.load(electionById, id) }
    },
  },
})

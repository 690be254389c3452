import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'
import { fromId, type ResolverMap } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { linkDossier } from './dossier.ts'
import { documentsOfCase, linkDocument, type MakeableDocument } from './make-documents.ts'

const caseOf = ({ caseId }: { caseId: string }): string => fromId('DevelopmentCase', caseId, 'caseId')

export const documentResolvers: ResolverMap = {
  DevelopmentCase: {
    documents: (kase: { id: string }, _: unknown, context: Context) => context.load(documentsOfCase, kase.id),
  },
  CaseDocument: { template: (document: MakeableDocument) => document.name },
  Query: {
    documentLink: (
      _: unknown,
      args: { caseId: string; template: DevelopmentTemplate; step?: StepKey | null },
      context: Context,
    ) => linkDocument(context, { caseId: caseOf(args), template: args.template, step: args.step ?? null }),
    dossierLink: (_: unknown, args: { caseId: string }, context: Context) => {
      const caseId = caseOf(args)
      return context.perform(work => linkDossier(work, caseId))
    },
  },
}

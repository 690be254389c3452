import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'
import { fromId, fromReference, optionalId, type Reference, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { MakeableDocument } from '../documents/make-documents.ts'
import { paperTitleOf } from '../documents/templates/all-templates.ts'
import type { CreateMaterial } from './create-material.ts'
import { type Material, templateNames } from './material.ts'
import { materialPath } from './read-materials.ts'

type CreateInput = Omit<CreateMaterial, 'replaces' | 'filedOn'> & {
  filedOn?: string | null
  replacesId?: string | null
  idempotencyKey?: string | null
}

const caseOf = (id: string): string => fromId('DevelopmentCase', id, 'caseId')

export const materialResolvers = {
  DevelopmentTemplate: templateNames,
  DevelopmentCase: {
    materials: (kase: { id: string }, _: unknown, context: Context) => context.load.materials(kase.id),
    documents: (kase: { id: string }, _: unknown, context: Context) => context.load.documents(kase.id),
  },
  Material: {
    __resolveReference: (reference: Reference, context: Context) =>
      context.load.material(fromReference('Material', reference)),
    id: (material: Material) => toId('Material', material.id),
    ref: (material: Material) => toId('Material', material.id),
    title: (material: Material) => paperTitleOf(material.template),
    replacesId: (material: Material) => material.replaces && toId('Material', material.replaces),
  },
  CaseDocument: { template: (document: MakeableDocument) => document.name },
  Query: {
    material: (_: unknown, args: { id: string }, context: Context) =>
      context.load.material(fromId('Material', args.id)),
    materialLink: (_: unknown, args: { id: string }, context: Context) =>
      context.rooms.linkMaterial(context.actor, fromId('Material', args.id)),
    documentLink: (
      _: unknown,
      args: { caseId: string; template: DevelopmentTemplate; step?: StepKey | null },
      context: Context,
    ) => context.rooms.linkDocument(context.actor, caseOf(args.caseId), args.template, args.step ?? null),
    dossierLink: (_: unknown, args: { caseId: string }, context: Context) =>
      context.rooms.linkDossier(context.actor, caseOf(args.caseId)),
  },
  Mutation: {
    createMaterial: async (_: unknown, { input }: { input: CreateInput }, context: Context) => {
      const { idempotencyKey, replacesId, filedOn, ...rest } = input
      const id = await context.rooms.createMaterial(
        context.actor,
        {
          ...rest,
          caseId: caseOf(rest.caseId),
          filedOn: filedOn ?? null,
          replaces: optionalId('Material', replacesId, 'replacesId'),
        },
        idempotencyKey ?? null,
      )
      return { material: await context.load.material(id), putTo: materialPath(id) }
    },
  },
}

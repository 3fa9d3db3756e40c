// Written by scripts/methods.mjs from the `*.method.ts` files beside it. Do not edit.
import sandMud from './aggregate/sand-mud.method.ts';
import sandSieve from './aggregate/sand-sieve.method.ts';
import stoneCrushing from './aggregate/stone-crushing.method.ts';
import stoneMud from './aggregate/stone-mud.method.ts';
import cementConsistency from './cement/cement-consistency.method.ts';
import cementStrength from './cement/cement-strength.method.ts';
import concreteBatchEvaluation from './concrete/concrete-batch-evaluation.method.ts';
import concreteCube from './concrete/concrete-cube.method.ts';
import concreteFlexural from './concrete/concrete-flexural.method.ts';
import concreteSameCondition from './concrete/concrete-same-condition.method.ts';
import concreteSplitting from './concrete/concrete-splitting.method.ts';
import coreStrength from './field/core-strength.method.ts';
import rebarCover from './field/rebar-cover.method.ts';
import rebound from './field/rebound.method.ts';
import tileBond from './field/tile-bond.method.ts';
import concreteBlock from './masonry/concrete-block.method.ts';
import firedBrick from './masonry/fired-brick.method.ts';
import mortarBatch from './mortar/mortar-batch.method.ts';
import mortarCube from './mortar/mortar-cube.method.ts';
import compaction from './soil/compaction.method.ts';
import fieldDensityRing from './soil/field-density-ring.method.ts';
import fieldDensitySandCone from './soil/field-density-sand-cone.method.ts';
import mechanicalSplice from './steel/mechanical-splice.method.ts';
import rebarPlain from './steel/rebar-plain.method.ts';
import rebarRibbed from './steel/rebar-ribbed.method.ts';
import rebarStraightened from './steel/rebar-straightened.method.ts';
import weldJoint from './steel/weld-joint.method.ts';
import type { TestMethod } from './method.ts';

export const METHODS: readonly TestMethod[] = [
  sandMud,
  sandSieve,
  stoneCrushing,
  stoneMud,
  cementConsistency,
  cementStrength,
  concreteBatchEvaluation,
  concreteCube,
  concreteFlexural,
  concreteSameCondition,
  concreteSplitting,
  coreStrength,
  rebarCover,
  rebound,
  tileBond,
  concreteBlock,
  firedBrick,
  mortarBatch,
  mortarCube,
  compaction,
  fieldDensityRing,
  fieldDensitySandCone,
  mechanicalSplice,
  rebarPlain,
  rebarRibbed,
  rebarStraightened,
  weldJoint,
];

/** The folder that each lies in. */
export const FAMILY_OF: ReadonlyMap<TestMethod, string> = new Map<TestMethod, string>([
  [sandMud, 'aggregate'],
  [sandSieve, 'aggregate'],
  [stoneCrushing, 'aggregate'],
  [stoneMud, 'aggregate'],
  [cementConsistency, 'cement'],
  [cementStrength, 'cement'],
  [concreteBatchEvaluation, 'concrete'],
  [concreteCube, 'concrete'],
  [concreteFlexural, 'concrete'],
  [concreteSameCondition, 'concrete'],
  [concreteSplitting, 'concrete'],
  [coreStrength, 'field'],
  [rebarCover, 'field'],
  [rebound, 'field'],
  [tileBond, 'field'],
  [concreteBlock, 'masonry'],
  [firedBrick, 'masonry'],
  [mortarBatch, 'mortar'],
  [mortarCube, 'mortar'],
  [compaction, 'soil'],
  [fieldDensityRing, 'soil'],
  [fieldDensitySandCone, 'soil'],
  [mechanicalSplice, 'steel'],
  [rebarPlain, 'steel'],
  [rebarRibbed, 'steel'],
  [rebarStraightened, 'steel'],
  [weldJoint, 'steel'],
]);

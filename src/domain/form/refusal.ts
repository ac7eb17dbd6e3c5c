import type { NameRefusal } from '../names.ts';
import type { QuantityFault } from '../quantity.ts';
import type { FormField, QuantityField } from './values.ts';

/** A place named by cloud and environment. */
export interface Place {
  readonly cloud: string;
  readonly environment: string;
}

export type PortFault = 'form' | 'port' | 'namespace' | 'cidr' | 'host-bits';

/** Why a request cannot be taken as it is, at the field that has to change. The wording is the views'. */
export type Refusal =
  | (NameRefusal & { readonly field: 'name' })
  | {
      readonly field: 'name';
      readonly code: 'template-mistake';
      readonly path: string;
      readonly line: number;
      readonly message: string;
      readonly all: number;
    }
  | { readonly field: 'name'; readonly code: 'request-open'; readonly url: string; readonly number: number }
  | {
      readonly field: 'environments';
      readonly code: 'tenant-exists';
      readonly name: string;
      readonly places: readonly Place[];
      /** Where it does not stand yet, in any cloud. */
      readonly free: readonly Place[];
    }
  | { readonly field: 'clouds' | 'environments' | 'size'; readonly code: 'none-chosen' }
  | {
      readonly field: 'clouds' | 'size' | `access.${string}` | `groups.${string}`;
      readonly code: 'unknown-choice';
      readonly choice: string;
      readonly known: readonly string[];
    }
  | {
      readonly field: 'environments';
      readonly code: 'environment-unknown';
      readonly cloud: string;
      readonly environment: string;
      readonly known: readonly string[];
    }
  | { readonly field: QuantityField; readonly code: 'quantity-empty' }
  | {
      readonly field: QuantityField;
      readonly code: 'quantity-unreadable';
      readonly fault: QuantityFault;
      readonly text: string;
    }
  | { readonly field: QuantityField; readonly code: 'above-maximum'; readonly maximum: string }
  | { readonly field: QuantityField; readonly code: 'requests-above-limits'; readonly limits: string }
  | { readonly field: FormField; readonly code: 'text-empty' }
  | {
      readonly field: FormField;
      readonly code: 'text-too-long';
      readonly maximum: number;
      readonly length: number;
    }
  | {
      readonly field: 'ports';
      readonly code: 'port-line';
      readonly line: number;
      readonly text: string;
      readonly fault: PortFault;
    }
  | { readonly field: 'ports'; readonly code: 'too-many-ports'; readonly maximum: number }
  | { readonly field: `label.${string}`; readonly code: 'label-form' }
  | {
      readonly field: `label.${string}`;
      readonly code: 'label-pattern';
      readonly pattern: string;
      readonly hint: string | undefined;
    }
  | { readonly field: `label.${string}`; readonly code: 'label-option'; readonly options: readonly string[] }
  | { readonly field: FormField; readonly code: 'too-much-together'; readonly excess: number };

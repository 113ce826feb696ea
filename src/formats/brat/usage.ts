/** What the marks of a corpus were written with, for the file that says what may be. */
export class Usage {
  readonly entities = new Set<string>();
  /** The roles of each type of event. */
  readonly events = new Map<string, Set<string>>();
  readonly relations = new Set<string>();
  /** The values of each attribute, as far as there are not too many for a list. */
  readonly attributes = new Map<string, Set<string>>();

  entity(type: string): void {
    this.entities.add(type);
  }

  event(type: string): void {
    this.role(type, undefined);
  }

  role(type: string, role: string | undefined): void {
    const roles = this.events.get(type) ?? new Set();
    this.events.set(type, roles);
    if (role !== undefined) roles.add(role);
  }

  relation(type: string): void {
    this.relations.add(type);
  }

  attribute(name: string, value: string | undefined): void {
    const values = this.attributes.get(name) ?? new Set();
    this.attributes.set(name, values);
    if (value !== undefined && values.size < mostValues) values.add(value);
  }
}

/** More than people choose among. */
const mostValues = 200;

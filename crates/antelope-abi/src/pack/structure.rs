//! Structs: by name from an object, in order from an array.
//!
//! Objects may have their fields in any order, and nodes do not look at others. To notice a field that
//! the struct does not have, known ones are counted while they are packed, and only where the count
//! differs are all names compared: a slip costs more, everything else nothing.

use super::walk::{Done, Packer, Surroundings};
use super::{Failure, kind};
use crate::AbiException;
use crate::limits::MAX_DEPTH;
use crate::path::Part;
use crate::style::Style;
use crate::types::{Field, Structure};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

impl Packer<'_> {
    pub(super) fn structure(&mut self, index: u32, json: &Value, place: Surroundings<'_>) -> Done {
        let structure = self.schema.structure(index);
        match json {
            Value::Object(object) => {
                let known = self.object(index, object, place)?;
                // A name that a base has too was counted twice; then more are known than there are.
                if self.style == Style::Careful && known != object.len() {
                    self.refuse_unknown(index, object, place)?;
                }
                Ok(())
            }
            Value::Array(values) if self.style == Style::Careful => {
                self.careful_array(index, values, place)
            }
            Value::Array(values) => self.array_as_node(structure, values, place),
            _ => {
                let careful = format!("{}, expected an object for {}", kind(json), structure.name);
                Err(self.failed(AbiException::Pack, place.at, careful, |path| {
                    format!("Unexpected input encountered while processing struct '{path}'")
                }))
            }
        }
    }

    /// Fields by name, those of bases first. The number of fields that the object has.
    fn object(
        &mut self,
        index: u32,
        object: &Map<String, Value>,
        place: Surroundings<'_>,
    ) -> Done<usize> {
        let structure = self.schema.structure(index);
        let mut known = 0;
        if let Some(base) = structure.base {
            let inside = place.then(place.at, false);
            match structure
                .base_for_node
                .filter(|_| self.style == Style::Node)
            {
                // The object cannot be copied without cost, and this is as rare as it is strange.
                Some(hides) => self.value(hides, &Value::Object(object.clone()), inside)?,
                None => {
                    self.enter(inside)?;
                    known += self.object(base, object, inside)?;
                }
            }
        }
        let mut is_cut = false;
        let last = structure.len().saturating_sub(1);
        for (at, field) in structure.fields().enumerate() {
            let found = object.get(field.name);
            known += usize::from(found.is_some());
            let value = match found {
                Some(value) => value,
                None if field.is_optional => &Value::Null,
                None if field.is_extension && place.is_last => {
                    is_cut = true;
                    continue;
                }
                None => return Err(self.missing(index, field, is_cut, object, place)),
            };
            if is_cut {
                return Err(self.after_cut(field, place));
            }
            let path = place.at.then(Part::Field(field.name));
            self.value(field.ty, value, place.then(&path, at == last))?;
        }
        Ok(known)
    }

    fn missing(
        &self,
        index: u32,
        field: Field<'_>,
        is_cut: bool,
        object: &Map<String, Value>,
        place: Surroundings<'_>,
    ) -> Failure {
        // A name that is not known is likelier a slip of the pen than a field that is left out.
        if self.style == Style::Careful
            && let Err(unknown) = self.refuse_unknown(index, object, place)
        {
            return unknown;
        }
        let name = field.name;
        let careful = format!("field `{name}` is missing");
        match is_cut {
            true => self.failed(AbiException::Abi, place.at, careful, |path| {
                format!(
                    "Encountered field '{name}' without binary extension designation while \
                     processing struct '{path}'"
                )
            }),
            false => self.failed(AbiException::Pack, place.at, careful, |path| {
                format!("Missing field '{name}' in input object while processing struct '{path}'")
            }),
        }
    }

    fn after_cut(&self, field: Field<'_>, place: Surroundings<'_>) -> Failure {
        let name = field.name;
        let careful = format!("field `{name}` is there, but one before it is missing");
        self.failed(AbiException::Pack, place.at, careful, |path| {
            format!(
                "Unexpected field '{name}' found in input object while processing struct '{path}'"
            )
        })
    }

    fn refuse_unknown(
        &self,
        index: u32,
        object: &Map<String, Value>,
        place: Surroundings<'_>,
    ) -> Done {
        let names: Vec<&str> = self.fields(index).iter().map(|it| it.name).collect();
        let extra = object.keys().find(|key| !names.contains(&key.as_str()));
        let Some(extra) = extra else { return Ok(()) };
        let structure = self.schema.structure(index).name;
        let names = names[..names.len().min(32)].join(", ");
        let problem = format!("no field `{extra}` in {structure}, expected {names}");
        Err(self.failure(place.at, AbiException::Pack, problem))
    }

    /// The fields of a struct, those of its bases first.
    fn fields(&self, index: u32) -> Vec<Field<'_>> {
        let mut levels = Vec::new();
        let mut next = Some(index);
        while let Some(index) = next.filter(|_| levels.len() < MAX_DEPTH as usize) {
            let structure = self.schema.structure(index);
            levels.push(structure);
            next = structure.base;
        }
        let levels = levels.into_iter().rev();
        levels.flat_map(Structure::fields).collect()
    }

    /// As many values as fields, less the binary extensions that may be left out.
    fn careful_array(&mut self, index: u32, values: &[Value], place: Surroundings<'_>) -> Done {
        let mut fields = Vec::new();
        let mut next = Some(index);
        let mut inside = place;
        while let Some(index) = next {
            self.enter(inside)?;
            inside.depth += 1;
            let structure = self.schema.structure(index);
            fields.push(structure);
            next = structure.base;
        }
        let fields: Vec<Field<'_>> = fields
            .into_iter()
            .rev()
            .flat_map(Structure::fields)
            .collect();
        let spare = fields
            .iter()
            .rev()
            .take_while(|field| field.is_extension)
            .count();
        let least = fields.len() - if place.is_last { spare } else { 0 };
        if values.len() < least || values.len() > fields.len() {
            let problem = format!("{} values, expected {}", values.len(), fields.len());
            return Err(self.failure(place.at, AbiException::Pack, problem));
        }
        for (at, (field, value)) in fields.iter().zip(values).enumerate() {
            let path = place.at.then(Part::Field(field.name));
            let is_last = at + 1 == fields.len();
            self.value(field.ty, value, place.then(&path, is_last))?;
        }
        Ok(())
    }

    /// A node does not look at values beyond the fields, and wants no base.
    fn array_as_node(
        &mut self,
        structure: Structure<'_>,
        values: &[Value],
        place: Surroundings<'_>,
    ) -> Done {
        if structure.base.is_some() {
            let exception = AbiException::InvalidType;
            let careful = String::new();
            return Err(self.failed(exception, place.at, careful, |path| {
                format!(
                    "Using input array to specify the fields of the derived struct '{path}'; \
                     input arrays are currently only allowed for structs without a base"
                )
            }));
        }
        let last = structure.len().saturating_sub(1);
        for (at, field) in structure.fields().enumerate() {
            let name = field.name;
            match values.get(at) {
                Some(value) => {
                    let path = place.at.then(Part::Field(name));
                    self.value(field.ty, value, place.then(&path, at == last))?;
                }
                None if field.is_extension && place.is_last => break,
                None => {
                    let careful = String::new();
                    return Err(self.failed(AbiException::Pack, place.at, careful, |path| {
                        format!(
                            "Early end to input array specifying the fields of struct '{path}'; \
                             require input for field '{name}'"
                        )
                    }));
                }
            }
        }
        Ok(())
    }
}

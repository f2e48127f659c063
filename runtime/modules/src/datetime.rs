//! `_datetime`: the classes of `datetime`, which are the library's Python versions, under the name that other modules import
//! them from.

use crate::NativeModule;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_datetime", &[])
    .doc("Fast implementation of the datetime module.")
    .init(|vm, m| {
        let library = vm.import("_pydatetime")?;
        vm.import("_types")?;
        for name in [
            "MAXYEAR", "MINYEAR", "UTC", "date", "datetime", "time", "timedelta", "timezone", "tzinfo",
        ] {
            m.dict().set_name(name, vm.getattr_str(library.value(), name)?);
        }
        m.dict().set_name("datetime_CAPI", crate::types_module::capsule());
        Ok(())
    });

//! How busy servers are, by what they do.

/// What servers do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workload {
    /// Mixed business and web services.
    Cloud,
    /// Training of models: long jobs, day and night.
    AiTraining,
    /// Answering with trained models: follows people.
    AiInference,
    /// Disks and archives.
    Storage,
    /// Video: evenings and weekends.
    Streaming,
    /// Scientific computing: queues that never empty.
    Hpc,
}

/// Mean, swing over the day, hour of the peak, and what weekends add.
struct Shape {
    mean: f64,
    swing: f64,
    peak_hour: f64,
    weekend: f64,
}

impl Workload {
    fn shape(self) -> Shape {
        let of = |mean, swing, peak_hour, weekend| Shape {
            mean,
            swing,
            peak_hour,
            weekend,
        };
        match self {
            Self::Cloud => of(0.62, 0.06, 15.0, -0.04),
            Self::AiTraining => of(0.85, 0.0, 0.0, 0.0),
            Self::AiInference => of(0.60, 0.15, 15.0, -0.08),
            Self::Storage => of(0.55, 0.02, 2.0, 0.0),
            Self::Streaming => of(0.50, 0.20, 20.0, 0.05),
            Self::Hpc => of(0.80, 0.02, 14.0, -0.02),
        }
    }

    /// Share of the installed power that is drawn in a local hour.
    ///
    /// `u = mean + swing cos(2π (t − t_peak)/24) + weekend`, with `t` the middle of the hour.
    ///
    /// # Valid for  shares of power drawn, idle power included; within 0–1 for every workload
    /// # Source     Cloud: mean of the day in dc-eh 0.613 and of a Google cluster trace 0.679 with a
    ///   night dip of 10 %. The others are usual practice without a read source: a measured trace
    ///   is better
    pub fn utilisation(self, hour: u8, is_weekend: bool) -> f64 {
        let shape = Self::shape(self);
        let angle = (f64::from(hour) + 0.5 - shape.peak_hour) * std::f64::consts::TAU / 24.0;
        let weekend = if is_weekend { shape.weekend } else { 0.0 };
        shape.mean + shape.swing * angle.cos() + weekend
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Workload; 6] = [
        Workload::Cloud,
        Workload::AiTraining,
        Workload::AiInference,
        Workload::Storage,
        Workload::Streaming,
        Workload::Hpc,
    ];

    #[test]
    fn every_workload_stays_a_share_and_keeps_its_mean() {
        for workload in ALL {
            let day: Vec<f64> = (0..24).map(|h| workload.utilisation(h, false)).collect();
            assert!(day.iter().all(|u| (0.0..=1.0).contains(u)), "{workload:?}");
            let mean = day.iter().sum::<f64>() / 24.0;
            assert!((mean - workload.shape().mean).abs() < 1e-12, "{workload:?}");
        }
    }

    #[test]
    fn video_peaks_in_the_evening_and_training_never_sleeps() {
        let streaming = |h| Workload::Streaming.utilisation(h, false);
        assert!(streaming(20) > 1.8 * streaming(7));
        let training = |h| Workload::AiTraining.utilisation(h, true);
        assert!((training(3) - training(15)).abs() < 1e-12);
    }
}
